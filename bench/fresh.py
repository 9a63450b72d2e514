"""Other ways to say the same, written before any rule was tried on them: what the rules make of words not met yet.

They hold the fields of bench.prose. Once a rule has been mended for a sentence, move that to bench.wordings (or, of
those that must stay silent, to bench.asides): it then measures nothing here.
"""

REQUESTS = (
    "{year}年，我镇共收到依申请公开件{received}件，其中网络平台提交为主，均已在法定期限内予以答复，办结{handled}件。",
    "本年度共接收处理政府信息公开申请{taken}件，较好地满足了群众需求，其中上年延续办理{carried_in}件。",
    "依申请公开办理规范有序。全年收到申请件{received}件，同时办理上年度结余申请{carried_in}件，按时办结率100%。",
    "全年政府信息公开申请收件{received}件，往年接续办理{carried_in}件，已全部依法处理，其中办结{handled}件。",
    "截至12月31日，政府信息公开申请已办结{handled}件，另有{carried_out}件因未到答复期限转至{next}年办理。",
    "全年共收到自然人提出的政府信息公开申请{natural}件、法人及其他组织提出的{legal}件，合计{received}件。",
    "我办认真做好申请受理工作，{year}年新收到政府信息公开申请共{received}件，加之{last}年结转{carried_in}件，总计办理{taken}件。",
    "今年我镇共受理信息公开申请{received}件，同步做好结转的{carried_in}件申请答复工作，年底前办结{handled}件。",
    "政府信息公开申请方面：受理新申请{received}件；办结{handled}件；跨年结转{carried_out}件。",
    "进一步规范依申请公开答复文书，全年办结申请{handled}件，无一件逾期，{carried_out}件结转到下一年办理。",
    "规范做好依申请公开工作，全年登记受理申请{received}件，其中来自自然人的{natural}件，来自企业和社会组织的{legal}件。",
    "收到的政府信息公开申请数为{received}件，上年结转的政府信息公开申请数为{carried_in}件，两项合计{taken}件。",
)
OUTCOMES = (
    "办结的政府信息公开申请中，予以公开的{granted}件，部分公开的{partial}件，不予公开的{refused}件，不予处理的{unprocessed}件。",
    "本年度政府信息公开申请办理结果为：予以公开{granted}件；部分公开{partial}件；因本机关不掌握等原因无法提供{unavailable}件。",
    "对申请人提出的政府信息公开申请，依法答复予以公开{granted}件、不予公开{refused}件，其中涉及第三方合法权益{third_party}件。",
    "政府信息公开申请办理结果中，因属于过程性信息不予公开{process}件，因属于国家秘密不予公开{secret}件。",
    "全年对政府信息公开申请作出予以公开答复{granted}件，占比较高；作出不予公开答复{refused}件。",
    "政府信息公开申请答复类型统计：公开{granted}件、部分公开{partial}件、不予公开{refused}件、其他{other}件。",
    "政府信息公开申请中，重复申请不予处理{repeat}件，属信访投诉举报类不予处理{petition}件，补正后仍不明确{unclear}件。",
    "从政府信息公开申请办理结果看，能够全部公开的{granted}件，能够部分公开的{partial}件，依法不予公开的{refused}件。",
    "政府信息公开申请办结{handled}件，其中{granted}件予以公开，{unavailable}件无法提供，{unprocessed}件不予处理。",
)
CASES = (
    "全年共发生涉及政府信息公开的行政复议{review}件，行政诉讼{suits}件。",
    "因政府信息公开工作被申请行政复议{review}件，复议结果维持{review_upheld}件、纠正{review_corrected}件、其他{review_other}件。",
    "信息公开类行政复议案{review}件，尚未审结{review_pending}件；信息公开类行政诉讼案{suits}件，尚未审结{suits_pending}件。",
    "针对我单位政府信息公开工作提起的行政复议为{review}件，提起的行政诉讼为{suits}件。",
    "政府信息公开行政诉讼案件{suits}件，其中法院判决维持{suits_upheld}件，结果纠正{suits_corrected}件，尚在审理{suits_pending}件。",
    "年度内政府信息公开引发行政复议案{review}起，引发行政诉讼案{suits}起。",
    "办理政府信息公开行政复议答复{review}件，行政应诉{suits}件。",
    "申请人对政府信息公开答复不服，申请行政复议{review}件，向法院提起行政诉讼{suits}件，其中未经复议直接起诉{direct}件。",
    "政府信息公开行政复议方面，结果维持{review_upheld}件，结果纠正{review_corrected}件，其他结果{review_other}件。",
)
DOCUMENTS = {
    "2021": (
        "{year}年我镇共制定印发行政规范性文件{issued}件，同步清理废止{repealed}件。",
        "行政规范性文件方面，本年制发{issued}件，本年废止{repealed}件，现行有效{in_force}件，均在网站公开。",
        "截至年末，现行有效行政规范性文件共计{in_force}件。",
        "集中清理规范性文件，宣布失效和废止{repealed}件规范性文件，继续有效{in_force}件。",
        "以我镇名义印发规范性文件{issued}件，均按要求同步解读。",
        "全年共新制定行政规范性文件{issued}件、修订后废止旧的规范性文件{repealed}件。",
        "行政规范性文件本年制发件数为{issued}，本年废止件数为{repealed}，现行有效件数为{in_force}。",
    ),
    "2019": (
        "本年度新制作规范性文件{made}件，新公开规范性文件{published}件，截至目前对外公开规范性文件总数{published_total}件。",
        "全年制定规范性文件{made}件，全部依法公开。",
        "规范性文件对外公开总数量为{published_total}件，本年新公开数量为{published}件，本年新制作数量为{made}件。",
        "{year}年出台规范性文件{made}件，向社会公开规范性文件{published}件。",
    ),
}
DECISIONS = (
    "全年共办理行政许可事项{licensing}件，办理行政处罚案件{penalties}件，行政强制{coercion}件。",
    "严格规范公正文明执法，{year}年实施行政许可{licensing}件，作出行政处罚决定{penalties}件，采取行政强制措施{coercion}件。",
    "行政许可本年处理决定数量为{licensing}件，行政处罚本年处理决定数量为{penalties}件。",
    "本年度行政处罚处理决定数量{penalties}件，同时实施行政强制处理决定{coercion}件。",
    "及时公示行政执法结果，全年作出行政处罚{penalties}件、行政许可{licensing}件，公示率100%。",
    "受理并批准行政许可{licensing}件，查办案件并作出处罚决定{penalties}件。",
    "行政审批科作出行政许可决定{licensing}件；执法大队下达行政处罚决定{penalties}件。",
    "{licensing}件行政许可决定、{penalties}件行政处罚决定均在作出之日起7个工作日内公开。",
    "本年发生行政处罚{penalties}件，行政强制{coercion}件，准予行政许可{licensing}件。",
)
FEES = (
    "{year}年度共收取行政事业性收费{fees}万元。",
    "全年行政事业性收费完成{fees}万元。",
    "本部门行政事业性收费全年收入{fees}万元，全部实行收支两条线管理。",
    "行政事业性收费本年收费金额为{fees_yuan}元。",
    "全年累计征收各项行政事业性收费{fees_yuan}元。",
    "行政事业性收费（不动产登记费等）收取{fees}万元。",
)
ASIDES = (
    "全年通过门户网站公开各类政府信息2315条，其中政策文件86条、财政信息42条。",
    "开展行政执法案卷评查2次，抽查行政处罚案卷40份、行政许可案卷25份。",
    "办理“一件事一次办”事项356件，群众满意率99%。",
    "收到政务服务“好差评”评价1.2万条。",
    "全年接待群众来访68批次132人次。",
    "公开行政处罚裁量基准1份、免罚清单2份。",
    "对行政规范性文件开展公平竞争审查6件，备案规范性文件3件。",
    "印发政务公开简报4期，开展季度通报4次。",
    "为企业减免行政事业性收费18.5万元，惠及企业96家。",
    "旁听行政诉讼案件庭审活动3次，80余人参加。",
    "完成政府信息公开申请办理业务培训1期，参训56人。",
    "规范依申请公开答复格式文本12个。",
    "行政许可事项实施清单动态调整8项，压减办理时限15天。",
    "收到市长信箱来信45件，按期回复45件。",
)
