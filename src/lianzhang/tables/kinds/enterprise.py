"""Tables of enterprises: who they are."""

from __future__ import annotations

from lianzhang.kernel import Text
from lianzhang.tables.kinds.grammar import Field, FieldType, Kind, written
from lianzhang.tables.kinds.yearly import FIGURES

#: What registers call a state, and the word kept for it.
STATUS = {
    word: kept
    for kept, words in {
        "存续": "存续 在业 在营 开业 正常 在册 存续(在营) 存续(在营、开业、在册) 在营(开业) 在营(开业)企业 "
        "正常经营 正常营业 正常生产 营业 经营 在产",
        "注销": "注销 已注销 注销企业",
        "吊销": "吊销 已吊销 吊销未注销 吊销,未注销 吊销(未注销)",
        "迁出": "迁出 已迁出",
        "停业": "停业 歇业 停产",
    }.items()
    for word in written(words)
}

CODE = Field(
    "credit_code",
    Text("统一社会信用代码", "unified social credit code"),
    FieldType.CODE,
    names=written(
        """
        信用代码 社会信用代码 统一信用代码 统一代码 社会统一信用代码 企业信用代码 机构代码 纳税人识别号
        税号 统一社会信用代码证号 uscc creditcode code
        """
    ),
    example="91371500MA3TEST00X",
    note=Text("18位；单元格须为文本格式。", "18 signs; the cell must be formatted as text."),
)
NAME = Field(
    "name",
    Text("企业名称", "enterprise name"),
    FieldType.TEXT,
    names=written(
        """
        名称 单位名称 公司名称 企业全称 企业(单位)名称 单位全称 公司全称 注册名称 登记名称 企业名
        市场主体名称 主体名称 法人单位名称 企业 公司 单位 name company enterprise companyname
        """
    ),
    required=True,
    example="聊城样例机械有限公司",
    note=Text("写登记的全称。", "The full registered name."),
)

#: Not in templates: a column of each title, whatever it is.
TICKED = Field("ticked", Text("称号（打勾的列）", "title in a column of ticks"), FieldType.TICK)

ENTERPRISES = Kind(
    "enterprises",
    Text("企业名录", "enterprises"),
    (
        CODE,
        NAME,
        Field(
            "former_names",
            Text("曾用名", "former names"),
            FieldType.LIST,
            names=written("原名称 曾用名称 原企业名称 旧名称 formername"),
            note=Text("多个用分号隔开。", "Semicolons between several."),
        ),
        Field(
            "short_names",
            Text("简称", "short names"),
            FieldType.LIST,
            names=written("企业简称 公司简称 字号 shortname"),
            note=Text("多个用分号隔开。", "Semicolons between several."),
        ),
        Field(
            "english_name",
            Text("英文名称", "English name"),
            FieldType.TEXT,
            names=written("英文名 外文名称 englishname"),
        ),
        Field(
            "status",
            Text("登记状态", "registration status"),
            FieldType.CHOICE,
            names=written("经营状态 企业状态 状态 存续状态 登记状况 运营状态 status"),
            words=STATUS,
            example="存续",
        ),
        Field(
            "county",
            Text("所在县（市、区）", "county"),
            FieldType.COUNTY,
            names=written(
                """
                县市区 县区 区县 所属县区 所属区县 所在县区 所属县(市、区) 县(市、区) 所属地区 所在地区
                地区 区划 行政区划 行政区划代码 区划代码 属地 所属区域 所属县市区 所在县市区 region
                county district
                """
            ),
            example="高唐县",
        ),
        Field(
            "address",
            Text("地址", "address"),
            FieldType.TEXT,
            names=written(
                """
                注册地址 住所 经营地址 企业地址 详细地址 单位地址 通讯地址 登记地址 生产地址 address
                """
            ),
            longest=300,
        ),
        Field(
            "industry",
            Text("行业代码", "industry code"),
            FieldType.INDUSTRY,
            names=written(
                """
                行业 所属行业 国民经济行业 行业分类 行业类别 国民经济行业代码 行业小类 行业小类代码
                主营行业 国民经济行业分类 行业门类 industry industrycode
                """
            ),
            example="3571",
            note=Text("GB/T 4754—2017，多个用分号隔开。", "GB/T 4754-2017; semicolons between several."),
        ),
        Field(
            "business_scope",
            Text("经营范围", "business scope"),
            FieldType.TEXT,
            names=written("业务范围 主营业务 经营项目 scope"),
            longest=8000,
        ),
        Field(
            "organisation_form",
            Text("企业类型", "form of organisation"),
            FieldType.TEXT,
            names=written("组织形式 公司类型 主体类型 登记注册类型 注册类型 企业性质 org type"),
            example="有限责任公司",
        ),
        Field(
            "capital",
            Text("注册资本", "registered capital"),
            FieldType.AMOUNT,
            names=written(
                """
                注册资金 注册资本金 资本 注册资本(金) 认缴资本 capital registeredcapital
                """
            ),
            unit="万元",
            example="5000",
        ),
        Field(
            "founded",
            Text("成立日期", "day of founding"),
            FieldType.DATE,
            names=written(
                """
                成立时间 注册时间 注册日期 设立日期 登记日期 建立时间 开业日期 成立年月日 reg_date
                founded regdate
                """
            ),
            past=True,
            example="2012-05-18",
        ),
        Field(
            "legal_representative",
            Text("法定代表人", "legal representative"),
            FieldType.TEXT,
            names=written("法人 法人代表 企业法人 法定代表人姓名 负责人 法人姓名 经营者"),
            longest=60,
        ),
        Field(
            "products",
            Text("主要产品", "products"),
            FieldType.LIST,
            names=written("主导产品 主营产品 产品 产品名称 主要产品名称 产品(服务) products"),
            note=Text("多个用分号隔开。", "Semicolons between several."),
        ),
        Field(
            "contact_name",
            Text("联系人", "contact"),
            FieldType.TEXT,
            names=written("联系人姓名 企业联系人 联络员 填报人 contact"),
            longest=40,
        ),
        Field(
            "contact_duty",
            Text("联系人职务", "contact's duty"),
            FieldType.TEXT,
            names=written("职务 职位"),
            longest=40,
        ),
        Field(
            "contact_phone",
            Text("联系电话", "telephone"),
            FieldType.PHONE,
            names=written(
                """
                电话 手机 手机号 手机号码 联系方式 联系人电话 联系人手机 办公电话 固定电话 phone tel
                """
            ),
            note=Text("显示时遮住中间几位。", "Shown with the middle digits hidden."),
        ),
        Field(
            "year",
            Text("年份", "year"),
            FieldType.YEAR,
            names=written("年度 数据年份 统计年度 所属年度 year"),
            note=Text("下列逐年数据所属的年份。", "The year of the yearly figures."),
        ),
        *FIGURES,
        TICKED,
    ),
    identity=(("credit_code",), ("name",)),
    telling=(
        "capital",
        "founded",
        "legal_representative",
        "business_scope",
        "status",
        "address",
        "organisation_form",
    ),
)
