"""Tables of yearly figures. The ids are names of the pack's dictionary of facts."""

from __future__ import annotations

from lianzhang.kernel import Text
from lianzhang.kernel.fact import FactPeriod, FactType
from lianzhang.kernel.fact_dictionary import FactDictionary
from lianzhang.tables.kinds.grammar import Field, FieldType, Kind, written


def _money(field_id: str, zh: str, en: str, names: str, *, negative: bool = False) -> Field:
    return Field(
        field_id,
        Text(zh, en),
        FieldType.AMOUNT,
        names=written(names),
        unit="万元",
        negative=negative,
        yearly=True,
    )


#: The figures that offices keep of every enterprise, whether or not the table has a kind of its own.
FIGURES = (
    Field(
        "employees",
        Text("从业人员", "employees"),
        FieldType.COUNT,
        names=written(
            """
            从业人数 从业人员数 职工人数 员工人数 员工数 职工总数 从业人员期末人数 平均用工人数 用工人数
            人数 年末从业人数 employees staff
            """
        ),
        unit="人",
        yearly=True,
        example="320",
    ),
    _money(
        "revenue_ly",
        "营业收入",
        "revenue",
        "营收 主营收入 年营业收入 营业总收入 年收入 上年度营业收入 上年营业收入 全年营业收入 revenue",
    ),
    _money(
        "main_business_revenue_ly", "主营业务收入", "main-business revenue", "上年度主营业务收入 主业收入"
    ),
    _money("sales_ly", "销售收入", "sales", "销售额 年销售收入 上年度销售收入 销售总额"),
    _money("total_assets", "资产总额", "total assets", "资产总计 总资产 资产合计 期末资产总额 assets"),
    _money(
        "rd_expense_ly",
        "研发费用",
        "R&D expense",
        "研发投入 研究开发费用 研发经费 R&D经费 上年度研发费用 R&D投入 rd",
    ),
    _money(
        "industrial_output_ly",
        "工业总产值",
        "gross industrial output",
        "总产值 产值 年产值 现价工业总产值 工业产值 规上工业总产值 上年度工业总产值 output",
    ),
    _money(
        "total_profit_ly", "利润总额", "total profit", "利润 年利润 实现利润 上年度利润总额", negative=True
    ),
    _money("net_profit_ly", "净利润", "net profit", "净利 年净利润 上年度净利润", negative=True),
    _money(
        "taxes_paid_ly",
        "实缴税金",
        "taxes paid",
        """
        纳税额 纳税总额 纳税 年纳税额 实缴税收 实缴税额 实缴税款 上缴税金 上交税金 缴纳税金 缴税额 入库税收 税收
        税收贡献 全口径税收 上年度实缴税金 taxes
        """,
    ),
    _money(
        "fixed_investment_ly",
        "固定资产投资",
        "fixed-asset investment",
        "固投 完成固定资产投资 固定资产投资额 年度固定资产投资 上年度固定资产投资",
    ),
)


#: What offices call figures whose label says more than a header does.
_BY_WORD = {
    "rd_intensity_ly": written(
        """
        研发费用占比 研发投入占比 研发经费占比 研发费用占营收比重 研发费用占营业收入比例 研发投入强度 研发强度
        """
    ),
}


def yearly_figures(facts: FactDictionary | None, *leading: Field) -> Kind:
    """The kind of yearly figures, with every numeric yearly fact of the pack's dictionary."""
    known = {item.id for item in FIGURES}
    further = tuple(
        Field(
            fact.name,
            fact.label,
            FieldType.COUNT if fact.type is FactType.INTEGER else FieldType.AMOUNT,
            names=(fact.name, *_shorter(fact.label.zh), *_BY_WORD.get(fact.name, ())),
            unit=fact.unit,
            # Growth rates, margins and profits fall below zero; counts do not.
            negative=fact.type is FactType.NUMBER,
            yearly=True,
        )
        for fact in (facts or {}).values()
        if fact.type in (FactType.NUMBER, FactType.INTEGER)
        and fact.period is FactPeriod.YEAR
        and fact.name not in known
    )
    year = Field(
        "year",
        Text("年份", "year"),
        FieldType.YEAR,
        names=written("年度 数据年份 统计年度 所属年度 year"),
        required=True,
        example="2024",
    )
    return Kind(
        "figures",
        Text("逐年数据", "yearly figures"),
        (*leading, year, *FIGURES, *further),
        identity=(("credit_code", "year"), ("name", "year")),
        any_of=tuple(item.id for item in (*FIGURES, *further)),
        telling=tuple(item.id for item in (*FIGURES, *further)),
    )


def _shorter(label: str) -> tuple[str, ...]:
    """The label without the words that only say which year."""
    found = [
        label.removeprefix(word) for word in ("上年度", "上年末", "近两年", "年") if label.startswith(word)
    ]
    return tuple(name for name in found if len(name) >= 3)
