"""The words of the catalogue: measures of places, fields and firms, in Chinese and English."""

from __future__ import annotations

OF_PLACES: dict[str, dict[str, str]] = {
    "location_quotient": {
        "group": "agglomeration",
        "name_zh": "区位商",
        "name_en": "Location quotient",
        "definition_zh": "某行业在本地的份额，与该行业在全部地区的份额之比。",
        "definition_en": "The share of an industry in a region over its share in all regions.",
        "formula": "LQ = (X_ri / X_r·) / (X_·i / X_··)",
        "reading_zh": "大于 1：比全体更专于此；小于 1：不及全体。",
        "reading_en": "Above 1 the region has more of it than the whole has; below 1 less.",
        "caveats_zh": (
            "企业很少的县一家大厂就能推高；不足三家时不宜称“专业化”。地区或行业全为 0 时没有数值。"
        ),
        "caveats_en": (
            "In a county of few firms one large plant drives it; with fewer than three do not speak of "
            "specialisation. No value where a region or industry is empty."
        ),
        "source": "Florence 1939; Balassa 1965",
        "needs": "industry, region, employees",
        "computed_by": "agglomeration",
    },
    "location_quotient_interval": {
        "group": "agglomeration",
        "name_zh": "区位商的区间",
        "name_en": "Interval of the location quotient",
        "definition_zh": "按企业家数算的区位商，以及这么少的企业所能支持的范围（95%）。",
        "definition_en": "The location quotient by number of firms, and the range that so few firms bear out (95 %).",
        "formula": "[B(α/2; k, n − k + 1), B(1 − α/2; k + 1, n − k)] / (X_·i / X_··)",
        "reading_zh": "整个区间在 1 以上，才说比全体更专；区间含 1，说明家数还不足以断定。",
        "reading_en": "Only an interval wholly above 1 tells specialisation; one that holds 1 leaves it open.",
        "caveats_zh": "把各家企业看作各自独立地落在本地；全体的份额当作已知；不看企业大小。",
        "caveats_en": (
            "Takes firms to settle independently of each other and the share of the whole as known; blind to size."
        ),
        "source": "Clopper & Pearson 1934, Biometrika 26:404; Beyene & Moineddin 2005, BMC Med. Res. Methodol. 5:32",
        "needs": "industry, region",
        "computed_by": "location_quotient_interval",
    },
    "herfindahl": {
        "group": "agglomeration",
        "name_zh": "赫芬达尔指数",
        "name_en": "Herfindahl index",
        "definition_zh": "各部分份额的平方和：行业在各地区、地区在各行业、企业在行业内。",
        "definition_en": (
            "Sum of squared shares: of an industry over regions, of a region over industries, of plants "
            "in an industry."
        ),
        "formula": "HHI = Σ s²",
        "reading_zh": "1 为全集中在一处；倒数是“相当于几个一样大的”。",
        "reading_en": "1 is all in one; its inverse is how many equal parts it amounts to.",
        "caveats_zh": "与部分的个数有关，比较时看归一化值。",
        "caveats_en": "Depends on the number of parts; compare normalised values.",
        "source": "Herfindahl 1950; Hirschman 1945",
        "needs": "industry, region, employees",
        "computed_by": "agglomeration",
    },
    "krugman": {
        "group": "agglomeration",
        "name_zh": "克鲁格曼指数",
        "name_en": "Krugman index",
        "definition_zh": "地区的行业结构（或行业的地区分布）与全体相差多少，0 到 2。",
        "definition_en": (
            "How far a region's mix of industries (or an industry's spread over regions) is from the "
            "whole, 0 to 2."
        ),
        "formula": "K = Σ |s − x|",
        "reading_zh": "0 为与全体一样；越大越特别。",
        "reading_en": "0 is like the whole; the larger, the more special.",
        "caveats_zh": "只说差异大小，不说差在哪里。",
        "caveats_en": "Tells how much, not where, it differs.",
        "source": "Krugman 1991",
        "needs": "industry, region, employees",
        "computed_by": "agglomeration",
    },
    "gini": {
        "group": "agglomeration",
        "name_zh": "基尼系数",
        "name_en": "Gini coefficient",
        "definition_zh": "数值分布的不均程度，0 到 1。",
        "definition_en": "How unequal values are, 0 to 1.",
        "formula": "G = Σ (2k − n − 1) x_(k) / (n Σ x)",
        "reading_zh": "0 为都一样；接近 1 为集中在一个。",
        "reading_en": "0 all equal; towards 1 one has all.",
        "caveats_zh": "只看分布，不看大小；个数少时偏低。",
        "caveats_en": "Looks at the distribution only; low where there are few values.",
        "source": "Gini 1912",
        "needs": "value",
        "computed_by": "gini",
    },
    "ellison_glaeser": {
        "group": "agglomeration",
        "name_zh": "Ellison–Glaeser 指数",
        "name_en": "Ellison–Glaeser index",
        "definition_zh": "扣除“企业本来就少而大”之后，行业在空间上的集聚程度。",
        "definition_en": (
            "How much an industry gathers in space beyond what few, large plants would show by chance."
        ),
        "formula": "γ = (G − (1 − Σx²) H) / ((1 − Σx²)(1 − H))",
        "reading_zh": "低于 0.02 为分散，高于 0.05 为明显集聚；z 是与随机分布相比的检验。",
        "reading_en": "Below 0.02 dispersed, above 0.05 clearly gathered; z tests it against chance.",
        "caveats_zh": "必须用企业级数据；只有一家企业或一个地区时没有数值；不看距离，区划改了结果也变。",
        "caveats_en": (
            "Needs data by plant; no value for a single plant or region; blind to distance, so it changes "
            "with the borders."
        ),
        "source": "Ellison & Glaeser 1997, J. Political Economy 105:889",
        "needs": "industry, region, employees",
        "computed_by": "agglomeration",
    },
    "coagglomeration": {
        "group": "agglomeration",
        "name_zh": "共同集聚指数",
        "name_en": "Coagglomeration index",
        "definition_zh": "两个行业是否偏爱同样的地区。",
        "definition_en": "Whether two industries favour the same regions.",
        "formula": "γc = Σ (s_ri − x_r)(s_rj − x_r) / (1 − Σx²)",
        "reading_zh": "大于 0：常在一处；小于 0：相互避开。",
        "reading_en": "Above 0 together, below 0 apart.",
        "caveats_zh": "同处不等于有往来。",
        "caveats_en": "Being in one place is not the same as trading.",
        "source": "Ellison, Glaeser & Kerr 2010, American Economic Review 100:1195",
        "needs": "industry, region, employees",
        "computed_by": "coagglomeration",
    },
    "distance_density": {
        "group": "agglomeration",
        "name_zh": "企业间距离密度",
        "name_en": "Density of distances",
        "definition_zh": "同一领域企业两两之间的距离怎样分布，与随机选址相比。",
        "definition_en": (
            "How the distances between plants of a field are spread, beside places drawn at random."
        ),
        "formula": "K(r) = Σ v [φ((r−d)/h) + φ((r+d)/h)] / (h Σ v)",
        "reading_zh": "曲线高出上带：在这一距离上集聚；低于下带：分散。",
        "reading_en": (
            "Above the upper band plants gather at that distance; below the lower one they scatter."
        ),
        "caveats_zh": "对照的地点要取全部行业；带宽按 Silverman 规则；直线距离不是路程。",
        "caveats_en": (
            "The comparison needs the places of all industries; bandwidth by Silverman's rule; straight "
            "lines are not roads."
        ),
        "source": "Duranton & Overman 2005, Review of Economic Studies 72:1077",
        "needs": "x, y, w",
        "computed_by": "distance_density",
    },
    "eci": {
        "group": "complexity",
        "name_zh": "经济复杂度（地区）",
        "name_en": "Economic complexity of a region",
        "definition_zh": "地区的优势领域有多少、又有多少地方也会做，综合成一个次序。",
        "definition_en": "One ranking of how many fields a region is good at and how few others are.",
        "formula": "second eigenvector of D_c⁻¹ M D_p⁻¹ Mᵀ, standardised",
        "reading_zh": "高：领域多而别处少有。",
        "reading_en": "High: many fields that few others have.",
        "caveats_zh": "地区少时不稳；特征值接近或分成几块时会提示；不同地区集合不能比较。",
        "caveats_en": (
            "Unsteady with few regions; a note says so when eigenvalues are close or blocks separate; "
            "not comparable between sets of regions."
        ),
        "source": "Hidalgo & Hausmann 2009, PNAS 106:10570",
        "needs": "region, field, value",
        "computed_by": "complexity",
    },
    "pci": {
        "group": "complexity",
        "name_zh": "产品复杂度（领域）",
        "name_en": "Complexity of a field",
        "definition_zh": "会做它的地区平均有多复杂。",
        "definition_en": "How complex the regions are that have it.",
        "formula": "PCI = (k_p − mean ECI raw) / sd ECI raw",
        "reading_zh": "高：多由能力强的地区来做。",
        "reading_en": "High: it is mostly done by able regions.",
        "caveats_zh": "地区少、分成几块时只作参考。",
        "caveats_en": "With few regions or separate blocks it is a hint only.",
        "source": "Hidalgo & Hausmann 2009",
        "needs": "region, field, value",
        "computed_by": "complexity",
    },
    "density": {
        "group": "complexity",
        "name_zh": "关联密度",
        "name_en": "Relatedness density",
        "definition_zh": "某领域附近的领域，本地已有多少，0 到 1。",
        "definition_en": "How much of what lies near a field the region already has, 0 to 1.",
        "formula": "d_cp = Σ M_cq φ_pq / Σ φ_pq",
        "reading_zh": "高：从现有基础走过去较近。",
        "reading_en": "High: a short way from what is there.",
        "caveats_zh": "近不等于该做；只看“常在一起”，不知原因。",
        "caveats_en": "Near is not the same as wise; it sees what goes together, not why.",
        "source": "Hidalgo et al. 2007, Science 317:482",
        "needs": "region, field, value",
        "computed_by": "complexity",
    },
    "outlook": {
        "group": "complexity",
        "name_zh": "前景指数与前景增益",
        "name_en": "Outlook and outlook gain",
        "definition_zh": "还没做而又近又复杂的领域有多少（COI）；做成某领域会打开多少（COG）。",
        "definition_en": (
            "How many near and complex fields remain (COI); how many one new field would open (COG)."
        ),
        "formula": "COI = Σ (1−M) d PCI; COG = (1−M) Σ (1−M) φ PCI / Σφ",
        "reading_zh": "高：选择多；增益高的领域是跳板。",
        "reading_en": "High: many choices; a field of high gain is a stepping stone.",
        "caveats_zh": "优势领域少的地区数值不稳。",
        "caveats_en": "Unsteady for regions with few fields.",
        "source": "Hausmann et al. 2014, The Atlas of Economic Complexity",
        "needs": "region, field, value",
        "computed_by": "complexity",
    },
    "field_recommendation": {
        "group": "complexity",
        "name_zh": "一县一领域建议",
        "name_en": "One field per county",
        "definition_zh": "按邻近、复杂、本地需求、韧性四项打分，再使全市总分最高且不重复。",
        "definition_en": (
            "Scores nearness, complexity, local demand and resilience, and pairs counties with fields "
            "for the largest sum."
        ),
        "formula": "max Σ score(c,p), each field at most q times",
        "reading_zh": "看各项理由、第二选择和分差，由人来定。",
        "reading_en": "Look at the reasons, the runner-up and the gap; people decide.",
        "caveats_zh": "权重是约定；没有需求和风险数据时只剩前两项；回测说明它准不准。",
        "caveats_en": (
            "Weights are a convention; without data on demand and risk two parts remain; the backtest "
            "tells how right it was."
        ),
        "source": "Hidalgo et al. 2007; assignment problem (Kuhn 1955)",
        "needs": "region, field, value",
        "computed_by": "recommend_fields",
    },
    "shift_share": {
        "group": "growth",
        "name_zh": "偏离—份额分析",
        "name_en": "Shift–share",
        "definition_zh": "把增长分成全体带动、行业结构、本地竞争力三份。",
        "definition_en": (
            "Growth split into the pull of the whole, the mix of industries, and the place itself."
        ),
        "formula": "Δ = b g + b (g_i − g) + b (g_ri − g_i)",
        "reading_zh": "竞争力为正：比同业增长快。",
        "reading_en": "Positive competitive part: faster than its industry.",
        "caveats_zh": "两期口径须一致；不解释原因；新出现的行业全计入竞争力。",
        "caveats_en": (
            "Both periods need one definition; it explains no cause; a new industry counts as competitive."
        ),
        "source": "Dunn 1960, Papers in Regional Science 6:97",
        "needs": "region, industry, before, after",
        "computed_by": "shift_share",
    },
    "size_structure": {
        "group": "structure",
        "name_zh": "规模结构",
        "name_en": "Size structure",
        "definition_zh": "大、中、小、微型企业各有多少家、占多少。",
        "definition_en": "How many large, medium, small and micro firms there are, and their share.",
        "formula": "n_class / n, x_class / x",
        "reading_zh": "小微占比高，就要看配套和协作。",
        "reading_en": "Where small firms prevail, look at supply and cooperation.",
        "caveats_zh": "划型不明的单列，不归入微型。",
        "caveats_en": "Firms of unknown class stand apart; they are not micro.",
        "source": "国家统计局《统计上大中小微型企业划分办法（2017）》",
        "needs": "region, size_class, value",
        "computed_by": "size_structure",
    },
    "leading_firms": {
        "group": "structure",
        "name_zh": "龙头占比",
        "name_en": "Share of the largest firms",
        "definition_zh": "最大的 1、4、10 家占全部的份额。",
        "definition_en": "The share of the 1, 4 and 10 largest firms.",
        "formula": "CR_n = Σ_{k≤n} x_(k) / Σ x",
        "reading_zh": "高：看得见龙头，也依赖龙头。",
        "reading_en": "High: leaders are there, and the region leans on them.",
        "caveats_zh": "企业不足 n 家时为 1。",
        "caveats_en": "1 where there are no more than n firms.",
        "source": "Bain 1956",
        "needs": "region, value",
        "computed_by": "leading_firms",
    },
}
