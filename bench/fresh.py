"""Other ways to say the same, written before any rule was tried on them: what the rules make of words not met yet.

They hold the fields of bench.prose. Once a rule has been mended for a sentence, move that to bench.wordings (or, of
those that must stay silent, to bench.asides): it then measures nothing here.
"""

REQUESTS = (
    "我镇{year}年度收到群众递交的政府信息公开申请{received}件，工作人员逐件核实，年内依法办理{handled}件。",
    "全年依申请公开系统共登记政府信息公开申请{received}件，较为集中在征地拆迁领域，已办结{handled}件。",
    "政府信息公开申请受理总数{taken}件，包括本年新收{received}件和上年转来{carried_in}件。",
    "{last}年度结转的政府信息公开申请{carried_in}件已于年初办结，{year}年度新收{received}件。",
    "本年度我镇承办政府信息公开申请{received}件，其中公民申请{natural}件、法人和其他组织申请{legal}件，均依法答复。",
    "依法依规做好申请答复。{year}年共办理依申请公开{handled}件，无超期；尚有{carried_out}件在办。",
    "全年新收政府信息公开申请{received}件，按申请人分，自然人{natural}件，法人或其他组织{legal}件。",
    "收到政府信息公开申请共计{received}件次，按期办结{handled}件次。",
    "本年度政府信息公开申请办结量为{handled}件，办结率保持较高水平，遗留到下年度办理的{carried_out}件。",
    "截至报告期末，收到的{received}件政府信息公开申请已办结{handled}件。",
    "政府信息公开申请新收{received}件、上年结转{carried_in}件，共需答复{taken}件，实际答复{handled}件。",
    "畅通申请渠道，全年受理社会公众提出的政府信息公开申请{received}件，每一件均由专人跟踪督办。",
)
OUTCOMES = (
    "政府信息公开申请答复结果：公开类{granted}件、部分公开类{partial}件、不予公开类{refused}件、无法提供类{unavailable}件。",
    "按办理结果划分，政府信息公开申请予以公开的为{granted}件，区分处理后部分公开的为{partial}件。",
    "政府信息公开申请中，告知申请人本机关不掌握相关信息{not_held}件，告知需另行制作{to_be_made}件，均说明了理由。",
    "对属于行政查询事项的{query}件政府信息公开申请，告知查询途径；对重复提交的{repeat}件，不再重复处理。",
    "政府信息公开申请不予公开{refused}件，理由分别为：国家秘密{secret}件、第三方合法权益{third_party}件、过程性信息{process}件。",
    "政府信息公开申请办理情况良好，予以公开占{granted}件，部分公开占{partial}件，其他处理占{other}件。",
    "政府信息公开申请予以公开{granted}件。不予公开{refused}件。无法提供{unavailable}件。不予处理{unprocessed}件。",
)
CASES = (
    "本年度，我镇作为被申请人的政府信息公开行政复议案件{review}件，作为被告的政府信息公开行政诉讼案件{suits}件。",
    "政府信息公开行政复议共{review}件：维持{review_upheld}件，纠正{review_corrected}件，审理中{review_pending}件。",
    "涉及政府信息公开的行政复议总计{review}件，已审结的均有结果，其中维持的有{review_upheld}件。",
    "涉政府信息公开的行政诉讼共有{suits}件，其中维持{suits_upheld}件、其他结果{suits_other}件。",
    "收到政府信息公开行政复议答复通知书{review}件、行政诉讼应诉通知书{suits}件。",
    "由政府信息公开引发的争议较少，行政复议仅{review}件，行政诉讼仅{suits}件。",
    "{year}年度政府信息公开行政复议案件数{review}件，行政诉讼案件数{suits}件。",
    "政府信息公开行政复议被纠正{review_corrected}件，政府信息公开行政诉讼被纠正{suits_corrected}件。",
    "政府信息公开类复议{review}件，诉讼{suits}件，其中复议后起诉{after_review}件。",
)
DOCUMENTS = {
    "2021": (
        "加强规范性文件管理，年内印发行政规范性文件{issued}件，宣布废止{repealed}件，目前保留有效{in_force}件。",
        "我镇现行有效的行政规范性文件有{in_force}件，其中{issued}件为本年制发。",
        "全年累计制发行政规范性文件{issued}件，累计废止{repealed}件。",
        "行政规范性文件制发{issued}件，均按程序报备；废止{repealed}件，均向社会公告。",
        "现有行政规范性文件{in_force}件，已在网站设专栏集中展示。",
        "本年制发行政规范性文件共{issued}件，现行有效行政规范性文件共{in_force}件。",
        "做好规范性文件清理，全年清理后废止行政规范性文件{repealed}件。",
    ),
    "2019": (
        "新制作规范性文件数量为{made}件，对外公开数量累计{published_total}件。",
        "全年共新制作规范性文件{made}件，新公开规范性文件{published}件，均在信息公开专栏可查。",
        "截至{year}年底，累计对外公开规范性文件{published_total}件，其中本年度新公开{published}件。",
    ),
}
DECISIONS = (
    "本年度共实施行政许可{licensing}件、行政处罚{penalties}件、行政强制{coercion}件，全部录入系统。",
    "全年行政许可决定数为{licensing}件，行政处罚决定数为{penalties}件，行政强制决定数为{coercion}件。",
    "依职权作出行政处罚决定{penalties}件；依申请作出行政许可决定{licensing}件。",
    "行政处罚全年立案并结案{penalties}件，行政许可全年办结{licensing}件。",
    "{year}年全镇共办理行政许可{licensing}件，查处并作出行政处罚{penalties}件，未发生执法过错。",
    "行政强制处理决定数量共计{coercion}件，行政处罚处理决定数量共计{penalties}件。",
    "全镇行政审批工作平稳，核发行政许可{licensing}件；执法工作有力，实施行政处罚{penalties}件。",
    "行政许可：{licensing}件。行政处罚：{penalties}件。行政强制：{coercion}件。",
)
FEES = (
    "全年共计征缴行政事业性收费{fees}万元。",
    "本机关行政事业性收费全年合计收取{fees}万元，公开了收费标准。",
    "行政事业性收费合计：{fees_yuan}元。",
    "代收代缴之外，本年直接收取行政事业性收费{fees}万元。",
    "所收行政事业性收费{fees}万元全部上缴国库。",
    "行政事业性收费执收金额{fees}万元。",
)
ASIDES = (
    "召开行政复议行政诉讼工作推进会2次，通报案例5件。",
    "便民服务窗口办理群众事项3216件，其中网上办理1890件。",
    "清理政务新媒体账号3个，关停1个。",
    "行政执法人员学法用法考试42人参加，合格42人。",
    "受理群众查询档案126件次。",
    "规范性文件起草阶段公开征求意见4次，收到意见17条。",
    "镇人大代表视察政务公开工作1次，提出意见6条。",
    "答复申请人电话咨询52次。",
    "公开行政事业性收费依据文件3份。",
    "政府信息公开申请接收窗口更换办公设备2台。",
    "推送行政许可电子证照共享数据215条。",
    "制作政策问答36期、短视频12条。",
    "妥善处理涉及信息公开的信访件5件。",
)
