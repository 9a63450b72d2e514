"""Labels in other scripts: traditional characters, pinyin after each character, full-width signs."""

from __future__ import annotations

_PAIRS = """
万萬 与與 专專 业業 严嚴 个個 为為 举舉 乡鄉 书書 于於 产產 仅僅 众眾 优優 会會 体體 余餘 关關 内內 决決 况況
减減 划劃 办辦 务務 动動 区區 单單 卫衛 县縣 参參 发發 变變 后後 员員 国國 图圖 处處 备備 复復 实實 审審 对對
导導 属屬 岁歲 应應 废廢 开開 强強 当當 录錄 彻徹 总總 执執 护護 报報 据據 数數 无無 旧舊 时時 显顯 机機 权權
条條 来來 构構 标標 样樣 档檔 没沒 济濟 满滿 现現 确確 种種 稳穩 类類 纠糾 约約 级級 纪紀 纳納 组組 织織 终終
绍紹 经經 结結 给給 绝絕 统統 继繼 续續 维維 缴繳 网網 罚罰 范範 获獲 补補 规規 计計 认認 训訓 议議 许許 讼訟
设設 访訪 评評 诉訴 询詢 请請 责責 账賬 质質 购購 贯貫 费費 转轉 过過 还還 这這 进進 连連 选選 采採 里裡 镇鎮
门門 问問 间間 闻聞 阳陽 项項 题題 额額
"""
_TO_TRADITIONAL = str.maketrans({pair[0]: pair[1] for pair in _PAIRS.split()})

_SYLLABLES = """
一yī 七qī 万wàn 三sān 上shàng 下xià 不bù 业yè 中zhōng 为wéi 主zhǔ 举jǔ 之zhī 九jiǔ 予yǔ 事shì
二èr 于yú 五wǔ 人rén 仍réng 他tā 以yǐ 件jiàn 企qǐ 会huì 位wèi 体tǐ 作zuò 供gōng 保bǎo 信xìn
元yuán 全quán 八bā 公gōng 六liù 关guān 其qí 具jù 内nèi 再zài 决jué 况kuàng 减jiǎn 出chū 分fēn 列liè
到dào 制zhì 办bàn 加jiā 务wù 动dòng 勾gōu 区qū 十shí 单dān 危wēi 卷juàn 及jí 反fǎn 发fā 取qǔ
另lìng 只zhǐ 可kě 合hé 后hòu 告gào 和hé 商shāng 四sì 国guó 在zài 增zēng 处chǔ 复fù 外wài 大dà
存cún 安ān 定dìng 审shěn 家jiā 容róng 密mì 对duì 尚shàng 属shǔ 已yǐ 年nián 府fǔ 废fèi 度dù 开kāi
强qiáng 当dāng 形xíng 律lǜ 性xìng 总zǒng 息xī 情qíng 成chéng 或huò 执zhí 投tóu 护hù 报bào 持chí 按àn
据jù 掌zhǎng 接jiē 提tí 握wò 收shōu 改gǎi 政zhèng 效xiào 数shù 文wén 料liào 新xīn 方fāng 无wú 明míng
有yǒu 服fú 期qī 未wèi 本běn 机jī 权quán 条tiáo 构gòu 果guǒ 查chá 案àn 止zhǐ 正zhèng 求qiú 没méi
法fǎ 然rán 版bǎn 物wù 现xiàn 理lǐ 用yòng 由yóu 申shēn 的de 益yì 目mù 直zhí 相xiāng 知zhī 研yán
确què 社shè 禁jìn 科kē 秘mì 程chéng 稳wěn 稽jī 章zhāng 第dì 等děng 管guǎn 类lèi 系xì 纠jiū 纳nà
组zǔ 织zhī 经jīng 结jié 继jì 续xù 维wéi 缴jiǎo 罚fá 自zì 范fàn 获huò 行xíng 补bǔ 要yào 规guī
计jì 认rèn 议yì 许xǔ 讼sòng 访fǎng 诉sù 询xún 请qǐng 购gòu 费fèi 起qǐ 转zhuǎn 过guò 这zhè 进jìn
通tōng 逾yú 部bù 采cǎi 重zhòng 量liàng 金jīn 问wèn 集jí 需xū 项xiàng 题tí 额é
"""
_PINYIN = {syllable[0]: syllable[1:] for syllable in _SYLLABLES.split()}

_WIDE = str.maketrans({chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)})


def traditional(text: str) -> str:
    """As a page converted for readers in Hong Kong; no character that labels use is left out."""
    return text.translate(_TO_TRADITIONAL)


def pinyin(text: str) -> str:
    """As pages for children and foreigners print it: 公(gōng)开(kāi)."""
    return "".join(f"{char}({_PINYIN[char]})" if char in _PINYIN else char for char in text)


def wide(text: str) -> str:
    """Letters, digits and signs in full width."""
    return text.translate(_WIDE)


def airy(text: str) -> str:
    """Short labels spread out, long ones with a space after their number: 总 计, （一） 予以公开."""
    if 1 < len(text) <= 4:
        return " ".join(text)
    return text.replace(")", ") ", 1).replace("、", "、 ", 1)


def loose(text: str) -> str:
    """The signs of a label written otherwise."""
    if text[:1].isdigit():
        text = text.replace(".", "、", 1)
    return text.translate(str.maketrans("(),:“”/", '（），：""／'))


def ruby(text: str) -> str:
    """Labels with their pinyin as ruby."""
    return "".join(
        f"<ruby>{c}<rp>(</rp><rt>{pinyin(c)[2:-1]}</rt><rp>)</rp></ruby>" if pinyin(c) != c else c for c in text
    )
