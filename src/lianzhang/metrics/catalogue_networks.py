"""The words of the catalogue: measures of supply networks, in Chinese and English."""

from __future__ import annotations

OF_NETWORKS: dict[str, dict[str, str]] = {
    "supplier_concentration": {
        "group": "resilience",
        "name_zh": "供方集中度",
        "name_en": "Concentration of suppliers",
        "definition_zh": "一家企业某类投入靠几家供方、最大一家占多少、本地占多少。",
        "definition_en": "From how many a firm buys an input, the share of the largest, and of local ones.",
        "formula": "HHI = Σ (w_ij / Σ w_ij)²",
        "reading_zh": "接近 1：几乎靠一家。",
        "reading_en": "Near 1: nearly all from one.",
        "caveats_zh": "只看已知的供应关系；先看覆盖率。",
        "caveats_en": "Sees known links only; look at coverage first.",
        "source": "Herfindahl index on links",
        "needs": "supplier, buyer, weight, sector",
        "computed_by": "supplier_concentration",
    },
    "single_points": {
        "group": "resilience",
        "name_zh": "单点供方",
        "name_en": "Single points",
        "definition_zh": "停了它，就有企业的必需投入一家来源都没有。",
        "definition_en": "Without it some buyer has no source at all of an essential input.",
        "formula": "|{i : w_ij > 0, i in k}| = 1, level(k, j) = 2",
        "reading_zh": "份额大者先补第二供方。",
        "reading_en": "The largest shares want a second supplier first.",
        "caveats_zh": "库里没有第二家，不等于现实中没有。",
        "caveats_en": "None in the table does not mean none in the world.",
        "source": "Diem et al. 2022 (essential inputs)",
        "needs": "supplier, buyer, weight, sector, level",
        "computed_by": "single_points",
    },
    "substitutes": {
        "group": "resilience",
        "name_zh": "替代名单",
        "name_en": "Substitutes",
        "definition_zh": "同行业的其他供方，按本市、本省、省外排列。",
        "definition_en": "Other suppliers of the sector: in the city, in the province, outside.",
        "formula": "sector(i) = sector(k)",
        "reading_zh": "是询问的线索，不是承诺。",
        "reading_en": "Leads to ask, not promises.",
        "caveats_zh": "同行业不等于同产品；不知道产能余量。",
        "caveats_en": "Same sector is not same product; spare capacity is unknown.",
        "source": "GB/T 4754—2017; GB/T 2260",
        "needs": "firm, sector, region",
        "computed_by": "substitutes",
    },
    "esri": {
        "group": "resilience",
        "name_zh": "经济系统性风险指数",
        "name_en": "Economic systemic risk index",
        "definition_zh": "一家企业完全停产，沿供应关系波及上下游，全网损失的份额。",
        "definition_en": (
            "The share of the whole lost when a firm stops and losses spread to customers and suppliers."
        ),
        "formula": "ESRI_k = Σ w_i max(d_i, u_i)",
        "reading_zh": "高：停不得。上游、下游两部分分开给出。",
        "reading_en": "High: it must not stop. Both directions are told apart.",
        "caveats_zh": "静态的最坏情形，没有库存、时间、价格和恢复；停止阈值使结果为下限；缺失的关系会低估。",
        "caveats_en": (
            "A static worst case without stocks, time, prices or recovery; the threshold makes it a lower "
            "bound; missing links make it too low."
        ),
        "source": "Diem, Borsos, Reisch, Kertész & Thurner 2022, Scientific Reports 12:7719",
        "needs": "supplier, buyer, weight, sector, level",
        "computed_by": "systemic_risk",
    },
    "outage": {
        "group": "resilience",
        "name_zh": "断供推演",
        "name_en": "Outage by day",
        "definition_zh": "某供方停产若干天，谁在哪一天受影响、几天、多重。",
        "definition_en": (
            "Who is hit on which day, for how long and how hard, when a supplier stops for some days."
        ),
        "formula": "loss(t) = missing beyond the stock, not filled again",
        "reading_zh": "停得越久、库存越少，受影响的只多不少。",
        "reading_en": "A longer stop or a smaller stock never hurts fewer.",
        "caveats_zh": "各项假设都偏重：不补库、无替代；关系覆盖率不足 30 % 只给范围。",
        "caveats_en": (
            "All assumptions err on the side of harm: no refilling, no substitutes; below 30 % coverage "
            "only a range is told."
        ),
        "source": "own definition, after Simchi-Levi et al. 2015 (time to survive, time to recover)",
        "needs": "supplier, buyer, weight, sector, level, cover, recovery",
        "computed_by": "simulate_outage",
    },
    "time_to_survive": {
        "group": "resilience",
        "name_zh": "能撑几天",
        "name_en": "Time to survive",
        "definition_zh": "某供方一直不恢复，最早哪一天有别的企业受影响；之前都靠库存撑着。",
        "definition_en": "If a supplier never came back, the day on which the first other firm is hit.",
        "formula": "TTS = min first_day; at risk if TTR > TTS",
        "reading_zh": "与恢复天数比：恢复更慢的，先备库存或找第二供方。",
        "reading_en": "Where the days to recover are more, build stock or find another supplier first.",
        "caveats_zh": "库存天数多为统一假设；只按已知关系，未知的买家不在内。",
        "caveats_en": "Days of stock are mostly assumed; buyers whose links are unknown are not counted.",
        "source": "Simchi-Levi et al. 2015, Interfaces 45:375, here on known links with the rules of the outage",
        "needs": "supplier, buyer, weight, sector, level, cover",
        "computed_by": "time_to_survive",
    },
    "survival_time": {
        "group": "resilience",
        "name_zh": "最长能撑几天",
        "name_en": "Longest time to survive",
        "definition_zh": "某企业停产，其余企业尽力调配存货和余下的产能，最多多少天不影响别家的最终供货。",
        "definition_en": (
            "The longest stop of a firm that no other firm's customers need feel, if all share out stocks and "
            "what capacity is left as well as can be."
        ),
        "formula": "max t: Σ y ≥ a x − r, Σ y + d t ≤ x, x ≤ c t, x_k = 0",
        "reading_zh": "与“能撑几天”之差，是协调调配能争取到的时间。",
        "reading_en": "What it has over the time to survive is what coordination can gain.",
        "caveats_zh": "是上限：假设货可任意转给已有的买家；库存天数、产能倍数多为统一假设；一般投入不作约束。",
        "caveats_en": (
            "An upper bound: goods go to any present buyer at will; stock and spare capacity are mostly "
            "assumed; helpful inputs do not bind."
        ),
        "source": "Simchi-Levi et al. 2015, Interfaces 45:375, linear programme of the time to survive",
        "needs": "supplier, buyer, weight, sector, level, cover, spare, final",
        "computed_by": "survival_times",
    },
    "second_supplier": {
        "group": "resilience",
        "name_zh": "第二供方的作用",
        "name_en": "What a second supplier brings",
        "definition_zh": "给单点供方的买家配一家第二供方，风险下降多少。",
        "definition_en": "How much risk falls when the buyer of a single point gets a second supplier.",
        "formula": "Σ p_k (ESRI_k before − ESRI_k after), k over all firms",
        "reading_zh": "大者先谈。",
        "reading_en": "Talk to the largest first.",
        "caveats_zh": "假设对半采购，且同行业的第二家做得了；经营量取已知销售与采购较大的一个。",
        "caveats_en": (
            "Assumes half of the purchase moves and another firm of the sector can deliver; activity is the "
            "larger of known sales and purchases."
        ),
        "source": "Diem et al. 2022, Sci. Rep. 12:7719, the index before and after the new link",
        "needs": "supplier, buyer, weight, sector, level, county",
        "computed_by": "second_suppliers",
    },
    "reconstruction": {
        "group": "missing_links",
        "name_zh": "缺失关系的估计",
        "name_en": "Estimated links",
        "definition_zh": "没有上报的供应关系，按规模和投入产出表抽取许多可能的网络。",
        "definition_en": (
            "Many possible networks where links were not reported, from sizes and an input–output table."
        ),
        "formula": "p_ij = z x_ij / (1 + z x_ij)",
        "reading_zh": "看一组网络的分位区间，不看单个。",
        "reading_en": "Read the interval over many networks, never one.",
        "caveats_zh": "一律标“估计”；已知的关系不改；不能用来点名某一条关系。",
        "caveats_en": "All marked as estimated; known links stay; it names no single link as a fact.",
        "source": (
            "Squartini et al. 2018, Physics Reports 757:1; Ialongo et al. 2022, Scientific Reports 12:11847"
        ),
        "needs": "firm, sector, out_strength, in_strength, flow",
        "computed_by": "reconstruct",
    },
}
