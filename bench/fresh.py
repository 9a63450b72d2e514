"""Other ways to say the same, written before any rule was tried on them: what the rules make of words not met yet.

They hold the fields of bench.prose. Once a rule has been mended for a sentence, move that to bench.prose: it then
measures nothing here.
"""

REQUESTS = (
    "全年共登记依申请公开件{received}件，连同上年结转{carried_in}件，办结{handled}件，结转下年度{carried_out}件。",
    "{year}年，新增政府信息公开申请{received}件，做到件件有回音，全年答复{handled}件。",
    "畅通网上、信函、当面三种渠道，收到信息公开申请{received}宗，办结{handled}宗，未办结的{carried_out}宗结转下年继续办理。",
    "年内收到政府信息公开申请{received}份，答复{handled}份。",
    "上年转来继续办理的政府信息公开申请{carried_in}件，本年新收{received}件，合计{taken}件，均已进入办理程序。",
    "严格落实登记、审核、答复、归档制度，共办理答复政府信息公开申请{handled}件，结转下一年度{carried_out}件。",
    "本年共受理依申请公开{taken}件，其中新收{received}件、上年结转{carried_in}件。",
    "收到政府信息依申请公开事项共{received}件，{handled}件已按时答复，{carried_out}件按规定结转至下年度。",
    "{received}件政府信息公开申请通过当面、邮寄和网络等方式提交，本年度办结{handled}件。",
    "全年政府信息公开申请新收件数为{received}件，上年结转件数为{carried_in}件，办结件数为{handled}件。",
    "依申请公开办件情况：新收{received}件，上年结转{carried_in}件，办结{handled}件，结转下年{carried_out}件。",
    "我镇全年收到政府信息公开申请{received}件，依法按时办结{handled}件，其余{carried_out}件尚在办理期限内，结转下年办理。",
    "受理公民、法人或者其他组织提出的政府信息公开申请{taken}件，已答复{handled}件。",
)
OUTCOMES = (
    "已办结的{handled}件申请中，予以公开{granted}件，部分公开{partial}件，不予公开{refused}件，无法提供{unavailable}件，"
    "不予处理{unprocessed}件，作其他处理{other}件。",
    "政府信息公开申请按办理结果分：予以公开{granted}件；部分公开{partial}件；不予公开{refused}件；无法提供{unavailable}件；"
    "不予处理{unprocessed}件；其他处理{other}件。",
    "政府信息公开申请办理中，全部公开{granted}件，部分公开{partial}件，因本机关不掌握相关信息无法提供{not_held}件。",
    "答复政府信息公开申请{handled}件，其中：予以公开类{granted}件，部分公开类{partial}件，不予公开类{refused}件，"
    "无法提供类{unavailable}件，不予处理类{unprocessed}件，其他处理类{other}件。",
    "在申请办理结果上，作出不予公开决定的{refused}件，其中涉及国家秘密的{secret}件；作出无法提供答复的{unavailable}件。",
    "申请答复情况：属于予以公开的有{granted}件，属于部分公开的有{partial}件，属于不予公开的有{refused}件。",
    "依申请公开办结件中，{granted}件为予以公开，{partial}件为部分公开，{unavailable}件因客观原因无法提供。",
    "对重复申请的{repeat}件政府信息公开申请不予处理，对{refused}件依法不予公开。",
    "经审查，对{granted}件申请予以公开，对{partial}件申请部分公开，对{refused}件申请不予公开并说明理由。",
    "政府信息公开申请办结{handled}件，包括予以公开{granted}件、部分公开{partial}件、不予公开{refused}件、"
    "无法提供{unavailable}件、不予处理{unprocessed}件、其他处理{other}件。",
    "无法提供的政府信息公开申请{unavailable}件，其中本机关不掌握的{not_held}件。",
    "对申请人提出的政府信息公开申请，公开{granted}件，部分公开{partial}件，告知本机关不掌握{not_held}件。",
)
CASES = (
    "全年发生因政府信息公开提起的行政复议{review}起、行政诉讼{suits}起。",
    "行政复议方面，全年共{review}件，维持{review_upheld}件，纠正{review_corrected}件，其他结果{review_other}件，"
    "尚未审结{review_pending}件；行政诉讼方面，全年共{suits}件。",
    "申请人不服政府信息公开答复提起行政复议{review}件，目前{review_pending}件正在审理；提起行政诉讼{suits}件。",
    "涉及政府信息公开的复议案件{review}宗，诉讼案件{suits}宗。",
    "政府信息公开行政诉讼{suits}件，{suits_upheld}件维持，{suits_corrected}件被纠正，{suits_pending}件未审结。",
    "本机关作为被申请人的政府信息公开行政复议案件{review}件，其中{review_upheld}件维持原答复，{review_corrected}件被撤销或责令重作。",
    "因信息公开工作引发复议{review}件、诉讼{suits}件，其中复议维持{review_upheld}件，诉讼维持{suits_upheld}件。",
    "{review}件政府信息公开行政复议案件中，复议机关维持{review_upheld}件、纠正{review_corrected}件。",
    "全年在政府信息公开领域被申请行政复议{review}件、被提起行政诉讼{suits}件。",
    "收到政府信息公开行政复议答复通知书{review}份，收到政府信息公开行政诉讼应诉通知书{suits}份。",
    "当年政府信息公开行政复议案件数量为{review}件，行政诉讼案件数量为{suits}件，诉讼尚未审结{suits_pending}件。",
    "因政府信息公开产生的行政争议中，行政复议{review}件，行政诉讼{suits}件。",
)
DOCUMENTS = {
    "2021": (
        "全年印发行政规范性文件{issued}件，均及时公开；清理废止{repealed}件，年末现行有效{in_force}件。",
        "以镇政府名义制发规范性文件{issued}件，废止{repealed}件。",
        "截至{year}年底，我镇现行有效的行政规范性文件共{in_force}件，其中本年制发{issued}件。",
        "对行政规范性文件开展集中清理，废止{repealed}件，保留继续有效{in_force}件。",
        "本年新出台行政规范性文件{issued}件，废止{repealed}件，目前有效{in_force}件。",
        "发布{issued}件行政规范性文件，废止{repealed}件行政规范性文件。",
        "行政规范性文件本年制发件数{issued}件，本年废止件数{repealed}件，现行有效件数{in_force}件。",
        "年内公布规范性文件{issued}件，同步发布政策解读；现行有效规范性文件{in_force}件已汇编公开。",
        "规范性文件制发{issued}件、废止{repealed}件、现行有效{in_force}件，均在门户网站集中公开。",
        "全年制定并公开行政规范性文件共计{issued}件，动态调整后现行有效{in_force}件。",
        "落实规范性文件“三统一”制度，新制发{issued}件，宣布废止{repealed}件。",
        "现有行政规范性文件{in_force}件，当年新增{issued}件，当年废止{repealed}件。",
    ),
    "2019": (
        "本年新制作规范性文件{made}件，新公开规范性文件{published}件，对外公开总数为{published_total}件。",
        "规范性文件新制作{made}件、新公开{published}件。",
        "全年制发规范性文件{made}件，主动公开{published}件，累计对外公开{published_total}件。",
        "新公开{published}件规范性文件，对外公开总量达{published_total}件。",
        "规范性文件对外公开总数量{published_total}件，其中本年新公开{published}件。",
        "出台规范性文件{made}件，累计公开规范性文件{published_total}件。",
    ),
}
DECISIONS = (
    "全年办结行政许可事项{licensing}件，作出行政处罚{penalties}起，采取行政强制措施{coercion}次。",
    "行政许可{licensing}件、行政处罚{penalties}件、行政强制{coercion}件，相关结果均按要求公示。",
    "本年度共作出行政许可处理决定{licensing}项，行政处罚处理决定{penalties}项，行政强制处理决定{coercion}项。",
    "依法作出行政许可决定{licensing}份，下达行政处罚决定书{penalties}份。",
    "{licensing}件行政许可、{penalties}件行政处罚和{coercion}件行政强制均已依法作出决定。",
    "执法方面，行政处罚案件{penalties}件，行政强制{coercion}件；审批方面，行政许可{licensing}件。",
    "实施行政许可{licensing}件，实施行政处罚{penalties}件，实施行政强制{coercion}件。",
    "行政许可、行政处罚、行政强制处理决定分别为{licensing}件、{penalties}件、{coercion}件。",
    "便民服务中心作出行政许可决定{licensing}件，综合执法队作出行政处罚决定{penalties}件、行政强制决定{coercion}件。",
    "行政许可作出决定数量为{licensing}件，行政处罚作出决定数量为{penalties}件。",
    "全年行政处罚决定{penalties}件，行政强制决定{coercion}件。",
    "作出行政处罚决定{penalties}宗，办理行政许可{licensing}宗。",
)
FEES = (
    "征收行政事业性收费{fees}万元。",
    "行政事业性收费金额为{fees}万元。",
    "全年实现行政事业性收费{fees}万元。",
    "行政事业性收费共收取{fees_yuan}元。",
    "本年度依法依规收取各类行政事业性收费合计{fees}万元。",
    "行政事业性收费{fees_yuan}元，全部缴入国库。",
    "行政事业性收费本年收费金额{fees}万元。",
    "{fees}万元行政事业性收费已全额上缴财政。",
    "行政事业性收费方面，全年收费{fees}万元。",
    "收费项目和标准已公示，全年行政事业性收费总额{fees}万元。",
    "落实收费目录清单制度，行政事业性收费收入{fees}万元。",
    "行政事业性收费实收{fees}万元。",
)
