"""Other ways to say the same, written before any rule was tried on them: what the rules make of words not met yet.

They hold the fields of bench.prose. Once a rule has been mended for a sentence, move that to bench.wordings (or, of
those that must stay silent, to bench.asides): it then measures nothing here.
"""

REQUESTS = (
    "全年网络、信函、当面等渠道收到的政府信息公开申请合计{received}件，上年跨年度件{carried_in}件，年内答复办结{handled}件。",
    "{year}年度受理的政府信息公开申请中，自然人申请占多数，为{natural}件，法人或其他组织为{legal}件，两项共{received}件。",
    "政府信息公开申请新收案件{received}件，旧存{carried_in}件，已结{handled}件，未结{carried_out}件。",
    "本年依申请公开工作有序开展，新收到申请{received}件，全部及时登记；办结{handled}件。",
    "处理完结政府信息公开申请{handled}件，剩余{carried_out}件将在{next}年继续办理。",
    "我镇本年度收到的依申请公开数量为{received}件，比较平稳，结转下年度{carried_out}件。",
    "申请总量{received}件，均为本年新收的政府信息公开申请。",
    "与上年结转的{carried_in}件合并计算，全年需办理政府信息公开申请{taken}件。",
)
OUTCOMES = (
    "政府信息公开申请答复内容分为：予以公开类{granted}件，部分公开类{partial}件，不予公开类{refused}件。",
    "对政府信息公开申请，作出公开决定{granted}件，作出部分公开决定{partial}件，作出不予公开决定{refused}件。",
    "政府信息公开申请办理中，属本机关不掌握的有{not_held}件，属需要另行制作的有{to_be_made}件。",
    "不予处理的政府信息公开申请共{unprocessed}件：重复申请{repeat}件、信访举报投诉类{petition}件等。",
    "{granted}件政府信息公开申请获得公开，{refused}件依法未予公开。",
    "政府信息公开申请予以公开{granted}件（含部分公开以外的全部公开），不予公开{refused}件（含国家秘密{secret}件）。",
    "政府信息公开申请办结件中，予以公开的件数为{granted}件，部分公开的件数为{partial}件，无法提供的件数为{unavailable}件。",
)
CASES = (
    "全年新增政府信息公开行政复议案件{review}件，新增政府信息公开行政诉讼案件{suits}件。",
    "政府信息公开行政复议{review}件，其中复议机关决定维持的{review_upheld}件，予以纠正的{review_corrected}件。",
    "政府信息公开领域行政争议情况：复议{review}件，诉讼{suits}件。",
    "因不服信息公开答复引发的复议案件共{review}件，法院受理的信息公开诉讼案件共{suits}件。",
    "政府信息公开行政诉讼{suits}件，胜诉（结果维持）{suits_upheld}件，未审结{suits_pending}件。",
    "行政诉讼方面，因政府信息公开被起诉{suits}件，其中直接起诉的{direct}件，经复议后起诉的{after_review}件。",
    "{review}件行政复议和{suits}件行政诉讼均因政府信息公开引起。",
)
DOCUMENTS = {
    "2021": (
        "全年以规范程序制定行政规范性文件{issued}件，按清理要求废止{repealed}件，存续有效{in_force}件。",
        "行政规范性文件制发数{issued}件、废止数{repealed}件、现行有效数{in_force}件。",
        "现行有效的规范性文件{in_force}件全部集中公开，其中当年出台{issued}件。",
        "{year}年制定规范性文件{issued}件，较好发挥了制度保障作用，同时废止{repealed}件。",
        "年度新增规范性文件{issued}件，停止执行（废止）{repealed}件。",
    ),
    "2019": (
        "规范性文件本年新制作{made}件、新公开{published}件，历年对外公开总数{published_total}件。",
        "共制作规范性文件{made}件，其中新公开{published}件。",
        "截至年底，对外公开规范性文件总数量{published_total}件。",
    ),
}
DECISIONS = (
    "行政许可全年作出{licensing}件，行政处罚全年作出{penalties}件，行政强制全年作出{coercion}件。",
    "{year}年行政许可办结{licensing}件，行政处罚结案{penalties}件。",
    "作出各类行政决定，包括行政许可{licensing}件、行政处罚{penalties}件、行政强制{coercion}件。",
    "行政执法方面，处罚案件{penalties}件，全部作出行政处罚决定；行政许可办理{licensing}件。",
    "行政许可决定共计{licensing}件，行政处罚决定共计{penalties}件，行政强制决定共计{coercion}件，均已公示。",
    "依法审批，作出行政许可{licensing}件；依法查处，作出行政处罚{penalties}件；依法执行，实施行政强制{coercion}件。",
)
FEES = (
    "全年行政事业性收费实际入库{fees}万元。",
    "收缴的行政事业性收费共计{fees}万元，已及时足额缴库。",
    "行政事业性收费数额{fees_yuan}元。",
    "本年度收取的行政事业性收费为{fees}万元。",
    "非税收入中，行政事业性收费{fees}万元。",
)
ASIDES = (
    "受理群众帮办代办事项1260件，办结1255件。",
    "开通依申请公开在线平台1个，配备专职人员2名。",
    "全年行政执法公示信息412件。",
    "处罚教育结合，发放行政处罚告知书样本30份。",
    "审核拟公开稿件520篇，退回修改36篇。",
    "公开规范性文件起草说明和解读各2篇。",
    "收到上级督办件6件，办结6件。",
    "推进行政许可“一件事”改革9件。",
    "减免小微企业行政事业性收费5.4万元。",
    "调处矛盾纠纷76件，成功率98%。",
    "政务公开咨询窗口接待群众312人次，答复问题298个。",
    "组织观摩行政诉讼庭审2场，参加45人次。",
)
