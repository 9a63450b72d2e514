"""Other ways to say the same, written before any rule was tried on them: what the rules make of words not met yet.

They hold the fields of bench.prose. Once a rule has been mended for a sentence, move that to bench.wordings (or, of
those that must stay silent, to bench.asides): it then measures nothing here.
"""

REQUESTS = (
    "新收{received}件，其中自然人{natural}件，法人或其他组织{legal}件；加上结转的{carried_in}件，"
    "本年应办{taken}件，实际办结{handled}件。",
    "我镇高度重视申请办理，全年共有{received}件政府信息公开申请进入受理程序，至年末办结{handled}件，"
    "未到答复期限的{carried_out}件顺延至{next}年办理。",
    "一年来，收到社会公众政府信息公开申请{received}件，较好满足了群众的信息需求。",
    "{year}年度政府信息公开申请新收数{received}件，上年结转数{carried_in}件，办结数{handled}件，结转下年数{carried_out}件。",
    "全年接到信息公开申请共计{received}件，逐件登记、逐件答复，办结件达{handled}件。",
    "（1）收到申请情况。{year}年共收到政府信息公开申请{received}件。（2）办理情况。已办结{handled}件，结转下一年{carried_out}件。",
    "本机关收到依申请公开件{received}件，另承接上年度未办结的{carried_in}件。",
    "其中，{natural}件由自然人提出，{legal}件由法人或者其他组织提出，合计收到政府信息公开申请{received}件。",
    "本年度申请公开政府信息的共{received}件，答复办结{handled}件，其余{carried_out}件留待下一年度继续办理。",
    "我镇在{year}年累计收到政府信息公开申请{received}件，办理答复{handled}件，均在法定期限内完成。",
    "政府信息公开申请件数：本年新收{received}件，上年结转{carried_in}件，本年办结{handled}件，结转下年{carried_out}件。",
    "及时处理政府信息公开申请，{year}年新收{received}件中自然人申请{natural}件，法人等组织申请{legal}件。",
    "办结政府信息公开申请{handled}件，正在办理{carried_out}件。",
    "全年共收到政府信息公开申请表{received}份，已全部登记编号。",
    "申请量方面，本年收到政府信息公开申请{received}件；办结量方面，本年办结{handled}件。",
)
OUTCOMES = (
    "从办理结果来看，政府信息公开申请予以公开的有{granted}件，部分公开的有{partial}件，不予公开的有{refused}件，"
    "无法提供的有{unavailable}件。",
    "作出予以公开答复{granted}件、部分公开答复{partial}件、不予公开答复{refused}件、无法提供答复{unavailable}件，"
    "均为政府信息公开申请的答复。",
    "政府信息公开申请的处理情况为：（一）予以公开{granted}件；（二）部分公开{partial}件；（三）不予公开{refused}件；"
    "（四）无法提供{unavailable}件；（五）不予处理{unprocessed}件；（六）其他处理{other}件。",
    "对属于公开范围的{granted}件政府信息公开申请予以公开，对属于国家秘密的{secret}件不予公开。",
    "在答复的政府信息公开申请中，公开类答复{granted}件、部分公开类答复{partial}件、不予公开类答复{refused}件。",
    "因“本机关不掌握相关政府信息”无法提供的政府信息公开申请{not_held}件，因“没有现成信息需要另行制作”无法提供的{to_be_made}件。",
    "政府信息公开申请不予公开共{refused}件，分别是属于国家秘密{secret}件、属于过程性信息{process}件等。",
    "政府信息公开申请全部公开或予以公开{granted}件，部分公开{partial}件，其他方式处理{other}件。",
    "就办结的政府信息公开申请而言，予以公开为{granted}件，部分公开为{partial}件，不予公开为{refused}件，不予处理为{unprocessed}件。",
    "政府信息公开申请中，信访、举报、投诉类{petition}件，重复申请类{repeat}件，均不予处理。",
    "政府信息公开申请办理中，提供信息（予以公开）{granted}件，提供部分信息（部分公开）{partial}件。",
    "经补正后申请内容仍不明确的政府信息公开申请{unclear}件，按无法提供处理。",
    "不予公开政府信息公开申请{refused}件，不予处理政府信息公开申请{unprocessed}件。",
    "政府信息公开申请予以公开、部分公开、不予公开分别为{granted}件、{partial}件、{refused}件。",
)
CASES = (
    "政府信息公开行政复议：本年共{review}件，其中维持{review_upheld}件、纠正{review_corrected}件。"
    "政府信息公开行政诉讼：本年共{suits}件。",
    "{year}年，申请人对本机关政府信息公开行为申请行政复议的案件{review}件，已维持{review_upheld}件，尚未审结{review_pending}件。",
    "全年共办理涉及政府信息公开的行政复议案{review}件、行政诉讼案{suits}件。",
    "政府信息公开行政诉讼共计{suits}件：结果维持{suits_upheld}件，结果纠正{suits_corrected}件，尚未审结{suits_pending}件。",
    "因政府信息公开而被提起的行政复议有{review}件，行政诉讼有{suits}件。",
    "申请人因不服政府信息公开答复，向复议机关申请复议{review}件，向人民法院提起诉讼{suits}件。",
    "政府信息公开行政复议结果维持{review_upheld}件，结果纠正{review_corrected}件，其他结果{review_other}件，"
    "尚未审结{review_pending}件，总计{review}件。",
    "信息公开类行政复议{review}件，已结案件中维持{review_upheld}件、被纠正{review_corrected}件；信息公开类行政诉讼{suits}件。",
    "政府信息公开行政诉讼中，未经复议直接起诉{direct}件、复议后起诉{after_review}件。",
    "应对政府信息公开行政复议案件{review}件、行政诉讼案件{suits}件，复议维持{review_upheld}件，诉讼维持{suits_upheld}件。",
    "与政府信息公开有关的行政复议案件{review}件，与政府信息公开有关的行政诉讼案件{suits}件。",
    "政府信息公开行政复议、行政诉讼分别为{review}件、{suits}件。",
)
DOCUMENTS = {
    "2021": (
        "本年共制发规范性文件{issued}件（均已公开），废止规范性文件{repealed}件，截至年底有效规范性文件{in_force}件。",
        "规范性文件方面，全年制发{issued}件、废止{repealed}件、现行有效{in_force}件。",
        "组织开展规范性文件清理工作，废止行政规范性文件{repealed}件；目前现行有效行政规范性文件{in_force}件。",
        "{year}年，我镇新发布行政规范性文件{issued}件，废止行政规范性文件{repealed}件。",
        "全年出台的行政规范性文件为{issued}件，废止的为{repealed}件，现行有效的为{in_force}件。",
        "行政规范性文件现行有效{in_force}件，年内新制发{issued}件，年内废止{repealed}件。",
        "全年起草制定行政规范性文件{issued}件，做到应公开尽公开。",
        "印发规范性文件{issued}件，失效{repealed}件，有效{in_force}件。",
    ),
    "2019": (
        "年内新制作行政规范性文件{made}件，均予公开；历年累计对外公开规范性文件{published_total}件。",
        "规范性文件新制作{made}件，新公开{published}件，累计公开{published_total}件。",
        "制发规范性文件{made}件，新公开规范性文件{published}件。",
        "规范性文件方面，新制作{made}件，对外公开总数量{published_total}件。",
    ),
}
DECISIONS = (
    "本年度办理行政许可{licensing}件，其余为行政处罚{penalties}件、行政强制{coercion}件。",
    "{year}年作出的行政许可决定为{licensing}件，行政处罚决定为{penalties}件，行政强制决定为{coercion}件。",
    "行政许可（{licensing}件）、行政处罚（{penalties}件）、行政强制（{coercion}件）均依法办理。",
    "一年来，依法受理并办结行政许可{licensing}件；查处违法行为，作出行政处罚{penalties}件。",
    "行政许可类处理决定{licensing}件、行政处罚类处理决定{penalties}件、行政强制类处理决定{coercion}件。",
    "共处理行政许可事项{licensing}件，行政处罚事项{penalties}件，行政强制事项{coercion}件。",
    "全年行政许可办件量{licensing}件，行政处罚办案量{penalties}件，行政强制{coercion}件。",
    "执法中队全年办理行政处罚案件{penalties}件，实施行政强制{coercion}件，审批窗口办理行政许可{licensing}件。",
    "依法履职：行政许可{licensing}件；行政处罚{penalties}件；行政强制{coercion}件。",
    "行政许可和行政处罚的处理决定数量分别是{licensing}件和{penalties}件。",
)
FEES = (
    "本年行政事业性收费收入合计{fees}万元，全部纳入预算管理。",
    "全镇共收行政事业性收费{fees}万元。",
    "行政事业性收费项目本年收费金额共{fees_yuan}元。",
    "行政事业性收费（不含减免部分）为{fees}万元。",
    "全年执收行政事业性收费{fees}万元。",
    "本单位行政事业性收费金额总计{fees_yuan}元。",
    "行政事业性收费全年累计{fees}万元，公示率100%。",
    "规范行政事业性收费管理，全年收费{fees}万元。",
)
ASIDES = (
    "县政府门户网站依申请公开系统升级2次，修复漏洞3个。",
    "利用村务公开栏、电子屏等发布各类公告168条。",
    "组织全体干部学习《条例》4次，撰写学习心得32篇。",
    "接受媒体采访6次，召开新闻发布会3场，主要负责人出席1次。",
    "全年受理群众投诉举报案件45件，办结45件。",
    "发放行政许可证照86份。",
    "行政处罚信息公示平均用时2个工作日。",
    "组织开展行政处罚案例以案释法活动5次。",
    "开展依申请公开答复文书评查3次，评查文书24份。",
    "规范性文件公开专栏更新6次。",
    "配合上级完成规范性文件清理工作1次，报送清理意见5条。",
    "全年收到政协委员提案8件，提案答复均予以公开。",
    "对拟发布的86份文件进行保密审查，定为不予公开的12份。",
    "发布惠民补贴信息36条，涉及补贴资金412.5万元。",
    "公开涉企收费目录1份，清退违规收费3.2万元。",
    "公开“三公”经费信息2条，三公经费支出18.6万元。",
    "受理工伤认定申请21件，作出认定20件。",
    "调解民事纠纷58件，成功56件。",
    "政务服务大厅办理各类业务15623件，按时办结率100%。",
    "网上办事大厅受理事项8420件，办结8415件。",
    "组织行政执法培训2次，新增执法人员6名。",
    "完成政府公报电子化36期，上传历史公报120期。",
    "政府信息公开指南修订1次，目录调整3次。",
    "依申请公开业务骨干参加市级跟班学习2人。",
    "为申请人提供政府信息复印件36份。",
    "设立基层政务公开标准化示范点5个，配备查询机4台。",
    "印发年度政务公开工作要点1份，分解任务28项。",
    "联合司法局开展行政诉讼旁听庭审1次。",
    "通过“村村通”广播宣传依申请公开知识12次。",
    "开展政策宣讲15场，发放政策汇编600本。",
    "答复“12345”热线转办的信息公开类诉求4件。",
    "公布权责清单1份，其中行政许可类12项、行政处罚类86项、行政强制类9项。",
    "向社会公开重大建设项目信息22条、公共资源交易信息47条。",
    "全年接待查阅人员45人，提供政府信息查阅87件次。",
    "上年度共收到政府信息公开申请156件。",
    "公开土地征收公告6件、补偿安置公告6件。",
    "废止管理制度3项，新建管理制度5项。",
    "清退历史遗留栏目9个，归并有效栏目22个。",
    "作出行政复议决定前组织听证1次。",
    "收取党费和工会会费3.6万元。",
)
