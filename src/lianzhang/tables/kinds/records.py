"""Tables of titles, exports, supply links and projects: several rows an enterprise."""

from __future__ import annotations

from dataclasses import replace

from lianzhang.kernel import Text
from lianzhang.tables.kinds.enterprise import CODE, NAME, TICKED
from lianzhang.tables.kinds.grammar import Field, FieldType, Kind, written
from lianzhang.tables.values.currencies import CURRENCIES

LEVELS = ("国家级", "省级", "市级", "县级")
_LEVELS = {level[:length]: level for level in LEVELS for length in (-1, None)}
_STATES = {
    word: kept
    for kept, words in {
        "有效": "有效 在有效期 有效期内",
        "到期": "到期 已到期 失效 已失效 过期 已过期",
        "复核通过": "复核通过 通过复核 已复核",
        "撤销": "撤销 已撤销 被撤销 取消 已取消",
    }.items()
    for word in written(words)
}
_SOURCE = Field(
    "source", Text("来源", "source"), FieldType.TEXT, names=written("数据来源 资料来源 文件依据 source")
)
_CODE_BESIDE = replace(
    CODE, note=Text("有则优先按代码对企业。", "When given, the enterprise is found by it.")
)
_DUE = Text("只写到月、季或年的，按最后一天记。", "Of a month, quarter or year alone its last day is kept.")

TITLES = Kind(
    "titles",
    Text("称号名单", "titles"),
    (
        _CODE_BESIDE,
        NAME,
        Field(
            "title",
            Text("称号", "title"),
            FieldType.TEXT,
            names=written(
                """
                称号名称 荣誉 荣誉名称 认定名称 资质 资质名称 认定类型 培育类型 名单类型 title
                """
            ),
            required=True,
            unless="ticked",
            longest=1000,
            example="专精特新中小企业",
            note=Text("一格有几个称号的，用分号隔开。", "Semicolons between several."),
        ),
        Field(
            "level",
            Text("级别", "level"),
            FieldType.CHOICE,
            names=written("认定级别 层级 等级 level"),
            words=_LEVELS,
        ),
        Field(
            "batch",
            Text("批次", "batch"),
            FieldType.TEXT,
            names=written("认定批次 公布批次 batch"),
            longest=40,
        ),
        Field(
            "awarded",
            Text("认定时间", "awarded"),
            FieldType.PERIOD,
            names=written("认定日期 认定年份 获批时间 授予时间 公布时间 发证日期 认定年度 awarded"),
            example="2023-06-30",
            note=Text("可以只写年份。", "The year alone will do."),
        ),
        Field(
            "valid_until",
            Text("有效期至", "valid until"),
            FieldType.DATE,
            names=written("有效期 到期日期 到期时间 有效截止日期 失效日期 validuntil"),
        ),
        Field(
            "state",
            Text("状态", "state"),
            FieldType.CHOICE,
            names=written("称号状态 有效状态 state"),
            words=_STATES,
        ),
        Field(
            "rechecked",
            Text("复核日期", "re-checked"),
            FieldType.DATE,
            names=written("复核时间 复核通过日期 复核通过时间 rechecked"),
            past=True,
            note=Text("通过复核的日期。", "The day on which a re-check was passed."),
        ),
        Field(
            "state_on",
            Text("状态日期", "state since"),
            FieldType.DATE,
            names=written("撤销日期 撤销时间 取消日期 状态时间 stateon"),
            past=True,
            note=Text("从哪天起是这个状态。", "Since when it stands so."),
        ),
        Field(
            "because",
            Text("状态原因", "reason"),
            FieldType.TEXT,
            names=written("撤销原因 取消原因 撤销理由 because"),
        ),
        Field(
            "document",
            Text("文号", "document number"),
            FieldType.TEXT,
            names=written("文件号 发文字号 认定文号 证书编号"),
            longest=120,
        ),
        _SOURCE,
        TICKED,
    ),
    identity=(
        ("credit_code", "title", "level", "batch", "awarded"),
        ("name", "title", "level", "batch", "awarded"),
    ),
    telling=("title", "batch", "awarded", "valid_until", "ticked"),
)

EXPORTS = Kind(
    "exports",
    Text("出口数据", "exports"),
    (
        _CODE_BESIDE,
        NAME,
        Field(
            "period",
            Text("时期", "period"),
            FieldType.PERIOD,
            names=written("年份 年度 月份 统计时期 期间 时间 period"),
            required=True,
            example="2025年上半年",
        ),
        Field(
            "product",
            Text("出口产品", "product"),
            FieldType.TEXT,
            names=written("产品 产品名称 商品 商品名称 主要产品 product"),
            longest=120,
        ),
        Field(
            "market",
            Text("出口市场", "market"),
            FieldType.TEXT,
            names=written("市场 国家 国别 目的国 目的地 出口国家 国家(地区) 出口地区 贸易国 market"),
            longest=80,
        ),
        Field(
            "amount",
            Text("出口额", "export value"),
            FieldType.AMOUNT,
            names=written("出口金额 出口总额 金额 出口值 外贸出口额 amount"),
            unit="万元",
            foreign=True,
            dated_by="period",
            note=Text(
                "外币照原币填，单位写进表头，如 出口额（万美元）；不折算。",
                "Foreign money stays as it is; put its unit into the header. Nothing is converted.",
            ),
        ),
        Field(
            "currency",
            Text("币种", "currency"),
            FieldType.CHOICE,
            names=written("币别 货币 货币单位 计价货币 结算币种 currency"),
            words=CURRENCIES,
            note=Text("不填为人民币。", "Left open it is yuan."),
        ),
        Field(
            "quantity",
            Text("出口数量", "quantity"),
            FieldType.AMOUNT,
            names=written("数量 出口量 quantity"),
            dated_by="period",
        ),
        _SOURCE,
    ),
    identity=(
        ("credit_code", "period", "product", "market", "currency"),
        ("name", "period", "product", "market", "currency"),
    ),
    any_of=("amount", "quantity"),
    telling=("amount", "market", "quantity"),
)

LINKS = Kind(
    "links",
    Text("供需关系", "supply links"),
    (
        Field(
            "supplier",
            Text("供应企业", "supplier"),
            FieldType.TEXT,
            names=written("供应商 供方 供货方 上游企业 卖方 供应商名称 供货企业 供应方 supplier"),
            required=True,
        ),
        Field(
            "supplier_code",
            Text("供应企业信用代码", "supplier's code"),
            FieldType.CODE,
            names=written("供应商代码 供方代码 供应商信用代码 供方信用代码 供应企业代码"),
        ),
        Field(
            "buyer",
            Text("采购企业", "buyer"),
            FieldType.TEXT,
            names=written("采购商 客户 需方 购货方 下游企业 买方 客户名称 采购方 采购单位 buyer"),
            required=True,
        ),
        Field(
            "buyer_code",
            Text("采购企业信用代码", "buyer's code"),
            FieldType.CODE,
            names=written("采购商代码 客户代码 需方代码 客户信用代码 采购企业代码 需方信用代码"),
        ),
        Field(
            "product",
            Text("产品", "product"),
            FieldType.TEXT,
            names=written("供应产品 采购产品 产品名称 货物 物料 配套产品 product"),
            longest=120,
        ),
        Field(
            "amount",
            Text("金额", "amount"),
            FieldType.AMOUNT,
            names=written("采购额 采购金额 供货额 供货金额 配套额 交易额 交易金额 年采购额 配套金额 amount"),
            unit="万元",
            dated_by="year",
        ),
        Field("year", Text("年份", "year"), FieldType.YEAR, names=written("年度 数据年份 year")),
        _SOURCE,
    ),
    identity=(("supplier", "buyer", "product", "year"),),
    telling=("supplier", "buyer"),
)

PROJECTS = Kind(
    "projects",
    Text("项目", "projects"),
    (
        Field(
            "project",
            Text("项目名称", "project"),
            FieldType.TEXT,
            names=written("项目 建设项目 项目全称 project"),
            required=True,
        ),
        replace(
            NAME,
            label=Text("建设单位", "builder"),
            names=(*written("承建企业 项目单位 实施单位 投资主体"), *NAME.names),
            required=False,
        ),
        replace(_CODE_BESIDE, names=("建设单位信用代码", *CODE.names)),
        Field(
            "project_code",
            Text("项目代码", "project code"),
            FieldType.TEXT,
            names=written("立项代码 备案代码 项目编号 投资项目代码"),
            longest=60,
        ),
        Field(
            "county",
            Text("所在县（市、区）", "county"),
            FieldType.COUNTY,
            names=written("建设地点 项目所在地 县市区 县区 属地 所在地 建设地址"),
        ),
        Field(
            "chain",
            Text("产业链", "chain"),
            FieldType.TEXT,
            names=written("所属产业链 产业链条 链条 所属链条 chain"),
            longest=40,
        ),
        Field(
            "investment",
            Text("总投资", "total investment"),
            FieldType.AMOUNT,
            names=written("投资总额 计划总投资 项目总投资 投资额 计划投资"),
            unit="万元",
        ),
        Field(
            "invested",
            Text("已完成投资", "invested so far"),
            FieldType.AMOUNT,
            names=written("累计完成投资 完成投资 累计投资"),
            unit="万元",
        ),
        Field(
            "content",
            Text("建设内容", "content"),
            FieldType.TEXT,
            names=written("主要建设内容 建设规模及内容 项目内容 建设规模"),
            longest=2000,
        ),
        Field(
            "started",
            Text("开工日期", "started"),
            FieldType.DUE,
            names=written("开工时间 开工年月 计划开工时间 拟开工时间"),
            note=_DUE,
        ),
        Field(
            "finished",
            Text("竣工日期", "finished"),
            FieldType.DUE,
            names=written(
                "竣工时间 投产日期 计划竣工时间 建成时间 投产时间 竣工年月 计划投产时间 预计竣工时间"
            ),
            note=_DUE,
        ),
        Field(
            "stage",
            Text("进展", "stage"),
            FieldType.TEXT,
            names=written("阶段 项目进展 进展情况 形象进度 项目阶段 建设阶段"),
            longest=500,
        ),
        _SOURCE,
    ),
    identity=(("project_code",), ("project", "name")),
    telling=("investment", "content", "started", "finished"),
)
