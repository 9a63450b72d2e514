"""Other ways to say the same, written before any rule was tried on them: what the rules make of words not met yet.

They hold the fields of bench.prose. Once a rule has been mended for a sentence, move that to bench.wordings: it then
measures nothing here.
"""

REQUESTS = (
    "{year}年度，本单位共收到各类政府信息公开申请{received}件，其中自然人申请{natural}件，法人和其他组织申请{legal}件。",
    "依申请公开办理情况。本年度新收申请{received}件，上年度结转{carried_in}件，均严格按照法定时限办理，"
    "全年共办结{handled}件，剩余{carried_out}件结转至下一年度。",
    "通过政务服务网、来信、现场等途径接收的政府信息公开申请总数为{received}件，办结数为{handled}件。",
    "截至{year}年12月31日，共收到政府信息公开申请{received}件（自然人{natural}件、法人或其他组织{legal}件），"
    "{handled}件已办结答复，{carried_out}件转入{next}年办理。",
    "{last}年结转至本年办理的政府信息公开申请{carried_in}件，{year}年新收{received}件。",
    "今年以来，我单位共接收政府信息公开申请{received}件，答复{handled}件。",
    "全年群众申请政府信息公开{received}件，未发生超期答复。",
    "申请人共提出政府信息公开申请{received}件，其中公民个人提出{natural}件，企业及社会组织提出{legal}件。",
    "全年处理政府信息公开申请{taken}件，其中{year}年新申请{received}件，{last}年结转{carried_in}件，当年办结{handled}件。",
    "政府信息公开申请量为{received}件，总体平稳；结转{last}年度申请{carried_in}件，结转{next}年度办理{carried_out}件。",
    "完善依申请公开工作规程，做好{received}件政府信息公开申请的受理、登记、答复工作，按期办结{handled}件。",
    "收到的{received}件政府信息公开申请中，由自然人提出的{natural}件，由法人或其他组织提出的{legal}件。",
    "登记在册的政府信息公开申请有{received}件，到年底办理完结的有{handled}件，尚有{carried_out}件未到期，结转下一年度。",
    "办理上年结转申请{carried_in}件、本年新收政府信息公开申请{received}件，共计{taken}件；年内办结{handled}件。",
    "{year}年政府信息公开申请办件总量{taken}件，已答复办结{handled}件，跨年度办理{carried_out}件。",
    "受理答复依申请公开{received}件，其中自然人{natural}件；没有收取任何费用。",
)
OUTCOMES = (
    "在{handled}件已办结的政府信息公开申请中，“予以公开”{granted}件，“部分公开”{partial}件，“不予公开”{refused}件，"
    "“无法提供”{unavailable}件，“不予处理”{unprocessed}件，“其他处理”{other}件。",
    "政府信息公开申请答复结果为予以公开的{granted}件；部分公开的{partial}件；不予公开的{refused}件。",
    "从答复类型看，政府信息公开申请予以公开{granted}件、部分公开{partial}件、不予公开{refused}件"
    "（其中国家秘密{secret}件，过程性信息{process}件，行政执法案卷{enforcement}件）。",
    "政府信息公开申请中，经检索本机关不掌握申请人所需政府信息的{not_held}件，没有现成信息需另行制作的{to_be_made}件，"
    "补正后申请内容仍不明确的{unclear}件。",
    "对政府信息公开申请依法作出答复，其中决定公开{granted}件、决定部分公开{partial}件、决定不予公开{refused}件。",
    "信访举报投诉类申请不予处理{petition}件、重复申请不予处理{repeat}件，均已书面告知政府信息公开申请人。",
    "政府信息公开申请办理结果如下：1.予以公开{granted}件；2.部分公开{partial}件；3.不予公开{refused}件；"
    "4.无法提供{unavailable}件；5.不予处理{unprocessed}件；6.其他处理{other}件。",
    "依申请公开答复中，向申请人全文公开信息的{granted}件，经区分处理部分公开的{partial}件，因不掌握而无法提供的{not_held}件。",
    "按照条例规定，{unprocessed}件政府信息公开申请不予处理，{other}件政府信息公开申请作其他处理。",
    "政府信息公开申请方面，全部予以公开{granted}件、部分予以公开{partial}件、不予公开{refused}件。",
    "所办政府信息公开申请，{granted}件给予公开，{partial}件给予部分公开，{refused}件决定不予公开，{unavailable}件告知无法提供。",
    "对涉及行政执法案卷的{enforcement}件、过程性信息的{process}件政府信息公开申请，依法不予公开。",
    "答复类型包括：予以公开（{granted}件）、部分公开（{partial}件）、不予公开（{refused}件）、无法提供（{unavailable}件）。",
    "政府信息公开申请中属于行政查询事项的{query}件，已引导申请人通过查询渠道获取；涉及第三方合法权益的{third_party}件。",
)
CASES = (
    "政府信息公开类行政复议案件共发生{review}件，结果维持的{review_upheld}件，结果纠正的{review_corrected}件，"
    "尚未审结的{review_pending}件。",
    "{year}年，因依申请公开引发行政复议{review}件（维持{review_upheld}件，纠正{review_corrected}件，"
    "其他结果{review_other}件，未审结{review_pending}件），行政诉讼{suits}件。",
    "政府信息公开行政诉讼案件{suits}件，未经复议直接起诉的{direct}件，经过复议后起诉的{after_review}件。",
    "就政府信息公开事项申请行政复议的{review}件，提起行政诉讼的{suits}件，其中法院判决驳回原告诉讼请求、结果维持{suits_upheld}件。",
    "被复议{review}件、被诉{suits}件，均与政府信息公开有关，其中复议结果维持{review_upheld}件。",
    "本机关全年因政府信息公开涉诉{suits}件，法院已审结维持{suits_upheld}件，纠正{suits_corrected}件，尚在审理{suits_pending}件。",
    "政府信息公开行政复议案件总数{review}件，行政诉讼案件总数{suits}件。",
    "涉政府信息公开行政复议案件{review}件，行政诉讼案件{suits}件，其中直接起诉{direct}件、复议后起诉{after_review}件。",
    "办理政府信息公开行政复议{review}件，行政应诉{suits}件。",
    "发生政府信息公开行政复议案{review}件，复议决定维持{review_upheld}件，复议决定纠正{review_corrected}件。",
    "政府信息公开行政复议{review}件，已审结维持{review_upheld}件、纠正{review_corrected}件，截至年底未审结{review_pending}件。",
    "政府信息公开工作引起的行政争议共立案行政复议{review}件、行政诉讼{suits}件。",
    "因对答复不服，申请人就政府信息公开提起行政复议{review}次、行政诉讼{suits}次。",
)
DOCUMENTS = {
    "2021": (
        "共制定行政规范性文件{issued}件，均按要求在门户网站规范性文件库集中公布，废止{repealed}件，现行有效{in_force}件。",
        "严格规范性文件管理，{year}年制发{issued}件，宣布失效和废止{repealed}件，年底继续有效的{in_force}件。",
        "今年共印发并公开行政规范性文件{issued}份，废止规范性文件{repealed}份。",
        "{issued}份新制发的行政规范性文件全部上网公开，{repealed}份规范性文件予以废止，{in_force}份现行有效。",
        "行政规范性文件：本年制发{issued}件，本年废止{repealed}件，现行有效{in_force}件。",
        "以政府或政府办名义出台行政规范性文件{issued}件，经评估清理，废止文件{repealed}件，现行有效文件{in_force}件。",
        "经梳理，截至{year}年12月底现行有效行政规范性文件为{in_force}件。",
        "制定发布规范性文件{issued}件，依法废止规范性文件{repealed}件，有效期内规范性文件{in_force}件。",
        "新制定并印发的规范性文件有{issued}件，明令废止的有{repealed}件，仍然有效的有{in_force}件。",
    ),
    "2019": (
        "制定行政规范性文件{made}件，新公开{published}件，目前对外公开总数量{published_total}件。",
        "全年新制作并公开规范性文件{made}件；规范性文件对外公开总数量达到{published_total}件。",
        "规范性文件本年新制作数量{made}件，本年新公开数量{published}件，对外公开总数量{published_total}件。",
        "新出台规范性文件{made}件，当年新公开规范性文件{published}件。",
    ),
}
DECISIONS = (
    "全年共办理行政许可{licensing}宗，作出行政处罚决定{penalties}宗，作出行政强制决定{coercion}宗。",
    "行政许可处理决定数{licensing}件；行政处罚处理决定数{penalties}件；行政强制处理决定数{coercion}件。",
    "本年度行政许可共{licensing}件，行政处罚共{penalties}件，行政强制共{coercion}件。",
    "依法实施行政处罚{penalties}例，查封扣押等行政强制{coercion}例，办结行政许可{licensing}例。",
    "做出行政许可{licensing}件，做出行政处罚{penalties}件，采取行政强制{coercion}件。",
    "审批部门全年作出行政许可类决定{licensing}件，执法队立案并作出行政处罚{penalties}件。",
    "行政处罚{penalties}宗、行政强制{coercion}宗已全部录入公示平台，行政许可{licensing}宗即时公示。",
    "行政许可方面，作出处理决定{licensing}件；行政处罚方面，作出处理决定{penalties}件；行政强制方面，作出处理决定{coercion}件。",
    "全年行政执法共作出处罚决定{penalties}件、强制决定{coercion}件、许可决定{licensing}件。",
    "本年行政许可处理决定{licensing}件，数量居首；行政处罚处理决定{penalties}件，行政强制处理决定{coercion}件。",
    "通过政务服务大厅办结行政许可{licensing}件次，开出行政处罚决定{penalties}件次。",
)
FEES = (
    "全年共收缴行政事业性收费{fees}万元，全部按规定上缴国库。",
    "行政事业性收费年度总额为{fees_yuan}元。",
    "严格执行收费公示制度，本年度实际收取行政事业性收费{fees}万元。",
    "行政事业性收费：{fees}万元。",
    "年内行政事业性收费入库{fees}万元。",
    "依法收费{fees_yuan}元，均属行政事业性收费。",
    "完成行政事业性收费（含工本费、考试费等）{fees}万元。",
    "本年行政事业性收费共计{fees_yuan}元，减免政策落实到位。",
)
