IND001 = { $whole ->
        [plan] “{ $plan }”的 { $all } 项指标中，{ $n } 项不满足“明确”标准。
       *[one] “{ $indicator }”不满足“明确”标准。
    }{ $reason ->
        [composite] { smart-composite }
        [double-barrelled] { smart-double-barrelled }
        [vague-words] { smart-vague-words }
        [no-definition] { smart-no-definition }
        [defined] { smart-defined }
        [several] { smart-several }
       *[reviewer] { smart-reviewer }
    }
    .why = 两个单位对指标理解不同，报告的就是两回事，相加毫无意义。
    .remedy = 只说一件事，并写明定义：什么算，什么不算。
IND002 = { $whole ->
        [plan] “{ $plan }”的 { $all } 项指标中，{ $n } 项不满足“可衡量”标准。
       *[one] “{ $indicator }”不满足“可衡量”标准。
    }{ $reason ->
        [no-unit] { smart-no-unit }
        [no-parts] { smart-no-parts }
        [no-scale] { smart-no-scale }
        [no-direction] { smart-no-direction }
        [no-reporting] { smart-no-reporting }
        [measured] { smart-measured }
        [story] { smart-story }
        [several] { smart-several }
       *[reviewer] { smart-reviewer }
    }
    .why = 没有单位或基数，就无法相加、比较和核对。
    .remedy = 填写单位，以及该计量类型所需的内容：分子和分母、等级表、报告方式。
IND003 = { $whole ->
        [plan] “{ $plan }”的 { $all } 项指标中，{ $n } 项不满足“可实现”标准。
       *[one] “{ $indicator }”不满足“可实现”标准。
    }{ $reason ->
        [no-target] { smart-no-target }
        [no-baseline] { smart-no-baseline }
        [out-of-bounds] { smart-out-of-bounds }
        [against-direction] { smart-against-direction }
        [pace] { smart-pace }
        [no-history] { smart-no-history }
        [pace-known] { smart-pace-known }
        [story] { smart-story }
        [several] { smart-several }
       *[reviewer] { smart-reviewer }
    }
    .why = 没人相信的目标引导不了任何人，从第一年起就要为它辩解。
    .remedy = 制定有历史数据或评审支持的目标，并记录评审意见及理由。
IND004 = { $whole ->
        [plan] “{ $plan }”的 { $all } 项指标中，{ $n } 项不满足“相关”标准。
       *[one] “{ $indicator }”不满足“相关”标准。
    }{ $reason ->
        [no-result] { smart-no-result }
        [activity] { smart-activity }
        [no-focus] { smart-no-focus }
        [tied] { smart-tied }
        [several] { smart-several }
       *[reviewer] { smart-reviewer }
    }
    .why = 不衡量其成果的指标，可能指标达到了而成果落空。
    .remedy = 衡量城市和居民的变化，并置于作此承诺的成果之下。
IND005 = { $whole ->
        [plan] “{ $plan }”的 { $all } 项指标中，{ $n } 项不满足“有时限”标准。
       *[one] “{ $indicator }”不满足“有时限”标准。
    }{ $reason ->
        [no-target] { smart-no-target }
        [undated] { smart-undated }
        [after-plan] { smart-after-plan }
        [no-cadence] { smart-no-cadence }
        [dated] { smart-dated }
        [story] { smart-story }
        [several] { smart-several }
       *[reviewer] { smart-reviewer }
    }
    .why = 没有日期就永远不算迟，也画不出从基线到目标的路径。
    .remedy = 补上目标值和到期日。
IND006 = { $whole ->
        [plan] “{ $plan }”的 { $all } 项指标中，{ $n } 项不满足“范围可控”标准。
       *[one] “{ $indicator }”不满足“范围可控”标准。
    }{ $reason ->
        [many-per-result] { smart-many-per-result }
        [many-figures] { smart-many-figures }
        [few] { smart-few }
        [several] { smart-several }
       *[reviewer] { smart-reviewer }
    }
    .why = 每项指标每年都要花费人力；太多就会报得差或根本不报。
    .remedy = 保留最能说明成果的两三项，其余停用。
IND007 = { $whole ->
        [plan] “{ $plan }”的 { $all } 项指标中，{ $n } 项不满足“归因合理”标准。
       *[one] “{ $indicator }”不满足“归因合理”标准。
    }{ $reason ->
        [world-moves] { smart-world-moves }
        [nobody-reports] { smart-nobody-reports }
        [own-work] { smart-own-work }
        [reported] { smart-reported }
        [several] { smart-several }
       *[reviewer] { smart-reviewer }
    }
    .why = 不是工作带来的变化，既非功也非过。
    .remedy = 让推动它的项目申报该指标，或记录如何归因的评估。
IND008 = { $whole ->
        [plan] “{ $plan }”的 { $all } 项指标中，{ $n } 项不满足“有数据或获取途径”标准。
       *[one] “{ $indicator }”不满足“有数据或获取途径”标准。
    }{ $reason ->
        [no-data] { smart-no-data }
        [no-source] { smart-no-source }
        [path-unclear] { smart-path-unclear }
        [provisional] { smart-provisional }
        [at-hand] { smart-at-hand }
        [path] { smart-path }
        [several] { smart-several }
       *[reviewer] { smart-reviewer }
    }
    .why = 没有数据途径的指标只是愿望，到交报告时才发现缺口。
    .remedy = 写明来源、可靠性和核查方式，否则更换指标。
IND009 = { $whole ->
        [plan] “{ $plan }”的 { $all } 项指标中，{ $n } 项不满足“与能力相称”标准。
       *[one] “{ $indicator }”不满足“与能力相称”标准。
    }{ $reason ->
        [no-owner] { smart-no-owner }
        [owner-full] { smart-owner-full }
        [survey-too-often] { smart-survey-too-often }
        [owned] { smart-owned }
        [several] { smart-several }
       *[reviewer] { smart-reviewer }
    }
    .why = 没人有经费或能力测量的指标，到期时不会有数值。
    .remedy = 写明负责单位，并由评审判断其能否胜任。
IND010 = { $whole ->
        [plan] “{ $plan }”的 { $all } 项指标中，{ $n } 项不满足“证据可核查”标准。
       *[one] “{ $indicator }”不满足“证据可核查”标准。
    }{ $reason ->
        [no-verification] { smart-no-verification }
        [source-only] { smart-source-only }
        [verifiable] { smart-verifiable }
        [several] { smart-several }
       *[reviewer] { smart-reviewer }
    }
    .why = 无法核查的数字只是意见，评价和审计都不会采用。
    .remedy = 写明如何核实数值，并把证据与每条观测一起保存。
IND011 = { $whole ->
        [plan] “{ $plan }”的 { $n } 项已确认指标都至少缺一项遴选标准。
       *[one] “{ $indicator }”已确认，但十项遴选标准中有 { $missed } 项未满足。
    }
    .why = 指标满足全部标准才能入选；放宽一项，每次报告都要付出代价。
    .remedy = 按标准补齐，或记录评审意见，或退回候选。
IND012 = { $whole ->
        [plan] “{ $plan }”的 { $n } 项指标都没有基线。
       *[one] “{ $indicator }”没有基线。
    }
    .why = 没有基线就看不出变化，事后测得的已经包含计划的影响。
    .remedy = 测量或估计计划开始前的水平，连同日期和来源一起记录。
IND013 = “{ $indicator }”的基线日期为 { $date }，必须早于 { $start }。
    .why = 开始之后才定的基线已经包含一部分本应与之比较的效果。
    .remedy = 采用开始前的最后数值，必要时用注明的估计值；否则说明理由后豁免。
IND014 = “{ $indicator }”的基线没有日期。
    .why = 无法判断它是否早于计划，通向目标的路径也没有起点。
    .remedy = 记录测量日期。
IND015 = “{ $indicator }”的基线为 { $value }，没有单位。
    .why = 百分之十、十座城市和一千万人不是同一个起点。
    .remedy = 写明指标的单位。
IND016 = { $level ->
        [place] “{ $indicator }”为{ $place }设了目标，却没有该地的基线。
        [group] “{ $indicator }”为 { $group } 设了目标，却没有该组的基线。
        [both] “{ $indicator }”为{ $place }的 { $group } 设了目标，却没有相应的基线。
       *[whole] “{ $indicator }”的目标针对整个方案，基线却不是。
    }
    .why = 起点和终点必须在同一层面衡量，否则两者的距离没有意义。
    .remedy = 补上同一地点和组别的基线，或把目标定在基线的层面。
IND017 = { $whole ->
        [plan] “{ $plan }”的 { $n } 项指标都没有目标。
       *[one] “{ $indicator }”没有目标。
    }
    .why = 没有目标就无法判断成果是否按计划推进，任何数值都算成功。
    .remedy = 设定有日期的目标；计划做不到的，说明原因并保留为候选。
IND018 = “{ $indicator }”的目标（{ $value }）没有日期。
    .why = 没有日期的目标永远不会落空，也永远不会达到。
    .remedy = 写明到期日。
IND019 = { $direction ->
        [increase] “{ $indicator }”应当上升，目标却从 { $baseline } 变为 { $value }。
       *[decrease] “{ $indicator }”应当下降，目标却从 { $baseline } 变为 { $value }。
    }
    .why = 不是方向错了，就是数值错了；未改正之前，进步会显示成倒退。
    .remedy = 更正方向、基线或目标。
IND020 = “{ $indicator }”的基线与目标都是 { $value }。
    .why = 已经达到的目标什么也没承诺，进展也无路径可衡量。
    .remedy = 设定有变化的目标，或声明应保持不变。
IND021 = “{ $indicator }”的目标 { $date } 到期，而计划 { $end } 结束。
    .why = 承诺还没到期，计划就已结束并接受评价。
    .remedy = 为计划最后一天设定目标；更晚的属于下一个计划。
IND022 = “{ $indicator }”不可能是 { $value }，其界限为 { $bound }。
    .why = 不可能的数值会使所有进度百分比出错。
    .remedy = 更正数值、单位或指标的上下限。
IND023 = { $whole ->
        [plan] “{ $plan }”的 { $n } 项指标都没有单位。
       *[one] “{ $indicator }”没有单位。
    }
    .why = 没有单位的数值不能比较、相加，也查不出差一千倍的错误。
    .remedy = 写明单位，如百分比、城市、人或美元。
IND024 = { $whole ->
        [plan] “{ $plan }”的 { $n } 项指标都未说明哪个方向更好。
       *[one] “{ $indicator }”未说明哪个方向更好。
    }
    .why = 没有方向就无法计算状态：下降可能是成功，也可能是失败。
    .remedy = 声明应上升、下降还是保持。
IND025 = { $whole ->
        [plan] “{ $plan }”的 { $n } 项流量指标都未说明数值是否累计。
       *[one] “{ $indicator }”未说明数值是否累计。
    }
    .why = 把累计值相加会重复计数；系统不猜测，因此得不出任何数字。
    .remedy = 声明是累计还是分期。
IND026 = { $state ->
        [none] “{ $indicator }”按阶段计数，却没有指明等级表。
       *[few] “{ $indicator }”所用等级表 { $scale } 不足两级（{ $n }）。
    }
    .why = 它的值是各阶段的分布；没有阶段就无从分布。
    .remedy = 按顺序定义等级表的各阶段，并在指标处指明。
IND027 = { $whole ->
        [plan] “{ $plan }”的 { $n } 项占比和均值都未说明以什么为基数。
       *[one] “{ $indicator }”未说明它是什么的占比或均值。
    }
    .why = 占比和均值由分子分母汇总而成，缺了它们就无法合并。
    .remedy = 写明分子和分母各是什么。
IND028 = { $joined ->
        [subjects] “{ $indicator }”把两类主体计成一个数：{ $first }与{ $second }。
        [actions] “{ $indicator }”同时要求两种行为：“{ $first }”与“{ $second }”。
        [questions] “{ $indicator }”用一个答案回答两个问题：“{ $first }”与“{ $second }”。
        [measures] “{ $indicator }”是两个量：{ $first }与{ $second }。
       *[list] “{ $indicator }”把从“{ $first }”到“{ $second }”的几个数字并成一个。
    }
    .why = 一半变了另一半没变时，数值说不清是哪一半，两个报告人会数得不一样。
    .remedy = 拆成两项指标，或保留重要的一半，或界定只有一半成立时如何计算。
IND029 = “{ $indicator }”计的是工作（“{ $words }”），却属于成果“{ $result }”。
    .why = 办一百场研讨会也可能什么都没改变；成果是居民和城市做法的不同。
    .remedy = 衡量变化，把工作量放到产出层面统计。
IND030 = { $whole ->
        [plan] “{ $plan }”的 { $n } 项指标都没有数据来源。
       *[one] “{ $indicator }”没有数据来源。
    }
    .why = 到交报告时没人知道该问谁，两个人会去问两个来源。
    .remedy = 写明数据来源。
IND031 = { $whole ->
        [plan] “{ $plan }”的 { $n } 项指标都未说明如何核实数值。
       *[one] “{ $indicator }”未说明如何核实数值。
    }
    .why = 接受数值的人必须能够核查；没有手段就只能相信。
    .remedy = 写明以何种文件、走访或比对来核实。
IND032 = { $whole ->
        [plan] “{ $plan }”的 { $n } 项指标都没有负责单位。
       *[one] “{ $indicator }”没有负责单位。
    }
    .why = 人人负责的事没有人报告。
    .remedy = 指定一个负责单位。
IND033 = { $whole ->
        [plan] “{ $plan }”的 { $n } 项指标都未说明报告频率。
       *[one] “{ $indicator }”未说明报告频率。
    }
    .why = 应报内容由频率推算；没有频率就永远不到期，也不会提醒任何人。
    .remedy = 声明报告频率。
IND034 = { $whole ->
        [plan] “{ $plan }”中计算人数的 { $n } 项指标都没有按性别分列。
       *[one] “{ $indicator }”计算人数，却没有按性别分列。
    }
    .why = 总数掩盖了一半人受益、另一半人没有受益。
    .remedy = 增加性别维度，并要求每个报告人提供。
IND035 = { $whole ->
        [plan] “{ $plan }”中计算人数的 { $n } 项指标都没有按年龄分列。
       *[one] “{ $indicator }”计算人数，却没有按年龄分列。
    }
    .why = 儿童、青年和老人最容易被遗漏，总数看不出来。
    .remedy = 在来源允许时增加年龄维度。
IND036 = “{ $indicator }”按“{ $dimension }”分列，而该维度没有类别。
    .why = 报告人会各自编造类别，结果无法相加。
    .remedy = 列出该维度的类别。
IND037 = “{ $indicator }”与“{ $other }”（{ $id }）几乎说的是一回事：{ $percent }% 的词相同。
    .why = 同一件事有两项指标，要收集两遍，数字略有出入，没人知道该引用哪个。
    .remedy = 停用其中一项，或在名称和定义中说明区别。
IND038 = { $change ->
        [added] “{ $indicator }”于 { $date } 加入，而计划 { $start } 已开始。
       *[defined] “{ $indicator }”第 { $version } 版自 { $date } 起改变了衡量内容，而计划 { $start } 已开始。
    }
    .why = 一个周期用一套指标；重大改动会切断所有序列以及与目标的比较。
    .remedy = 保留旧定义到周期结束，或通过计划修订并附对应关系来更改。
IND039 = “{ $plan }”用 { $n } 项指标衡量 { $results } 个成果，平均每个 { $ratio } 项。
    .why = 每个成果超过三项，或总数超过一百项，收集成本就超过阅读价值。
    .remedy = 保留最能说明各成果的指标，其余停用。
IND040 = { $whole ->
        [plan] “{ $plan }”已经开始，{ $n } 项指标却全是候选。
       *[one] “{ $indicator }”所属计划已经开始，它却仍是候选。
    }
    .why = 没有确认指标集就运行的计划，只能手边有什么就量什么。
    .remedy = 符合标准就确认，否则停用。
IND041 = { $whole ->
        [plan] “{ $plan }”的 { $n } 项指标都未与全球框架挂钩，也未说明为何新设。
       *[one] “{ $indicator }”未与任何全球框架挂钩，也未说明为何要新设。
    }
    .why = 每多一项新指标，就多一项别人不收集、也无从比较的数据。
    .remedy = 链接到它所取自的框架，或说明为何现有框架都不衡量它。
IND042 = { $state ->
        [no-result] “{ $indicator }”衡量的成果 { $id } 不存在。
       *[no-focus] “{ $indicator }”属于“{ $result }”，而它没有通向计划的任何重点。
    }
    .why = 没有归属的指标收集了也没人用，战略重点却无人衡量。
    .remedy = 把其成果与领域、战略成果或影响挂钩，否则停用。
IND043 = { $whole ->
        [plan] “{ $plan }”的 { $n } 项已确认指标都缺基线、目标、来源或核查手段。
       *[one] “{ $indicator }”已确认，却缺基线、目标、来源或核查手段。
    }
    .why = 指标集一经确认，每项都要填这四个栏目；空着就是没有根据的承诺。
    .remedy = 填齐四个栏目，或退回候选。
IND044 = “{ $indicator }”的单位是 { $unit }，而这个计划值的单位是 { $other }。
    .why = 两种单位的数值不在同一条路径上，由此算出的进度毫无意义。
    .remedy = 换算数值或更正单位。
IND045 = “{ $indicator }”把几个数字并成一个数（{ $unit }）。
    .why = 住房和抵押产品不能相加；数字变了也不知道是哪部分变了。
    .remedy = 各部分单列指标，或定义含各部分及权重的指数。
IND046 = { $tier ->
        [twice_per_plan] “{ $indicator }”衡量战略成果，应在计划期内报告两次，而不是 { $cadence }。
        [biennial] “{ $indicator }”衡量领域，应每两年报告，而不是 { $cadence }。
       *[yearly] “{ $indicator }”衡量预期成绩，应每年报告，而不是 { $cadence }。
    }
    .why = 金字塔让昂贵的调查少做、便宜的计数常做；频率不对，不是费钱就是报告落空。
    .remedy = 改为该层级的频率，或把指标移到频率相符的成果之下。
IND047 = “{ $indicator }”在计划期内只报告两次，却有 { $n } 个年份的数字：{ $years }。
    .why = 金字塔顶层只接受两次报告，中期和终期各一次；第三次不予接受。
    .remedy = 保留中期和终期的数字；其余记在全球指标或较低层级的指标下。
IND048 = “{ $indicator }”缺 { $years } 的数字。
    .why = 理事机构有权每两年获知各领域的成果。
    .remedy = 补报缺失的数字，或记录无法取得的原因。
IND049 = “{ $indicator }”缺 { $years } 的数字。
    .why = 年度报告要交代每项成绩；漏掉的年份到最后补不回来。
    .remedy = 补报缺失年份，或记录没有数字的原因。
IND050 = “{ $indicator }”缺计划 { $years } 期间的数字。
    .why = 中期和终期评价以顶层指标为依据；没有数字只能凭印象判断。
    .remedy = 及早安排调查，或记录没有数字的原因。
IND051 = “{ $plan }”{ $period } 的报告没有提到任何成果，全部 { $n } 行都是产出。
    .why = 理事机构问的是改变了什么，产出清单回答的是做了什么。
    .remedy = 把每行归到它所服务的成果，并说明改变了什么。
IND052 = 报告第 { $position } 行没有写明成果：“{ $line }”
    .why = 不服务于任何成果的产出不应写进成果报告。
    .remedy = 写明它所服务的成果，否则删去该行。
IND053 = “{ $result }”报告了 { $period } 的情况，却没有任何故事。
    .why = 数字说明多少，故事说明如何做到、为了谁；两者合在一起读者才信服。
    .remedy = 补充一个地方或同意具名者的故事。
IND054 = “{ $indicator }”计算主体数，却没有说明是哪类主体。
    .why = 每个主体只计一次；不分类别，一座城市和它的政府可能被计成两个。
    .remedy = 说明计的是主管部门、城市、国家还是其他主体。
IND055 = “{ $indicator }”的最小值（{ $minimum }）大于最大值（{ $maximum }）。
    .why = 没有数值能落在这样的界限内，所有观测都会被拒绝。
    .remedy = 把两者对调。
IND056 = “{ $indicator }”的里程碑（{ $value }）不在基线（{ $baseline }）与目标（{ $target }）之间。
    .why = 先超过再折回的路径会使里程碑处的状态出错。
    .remedy = 更正里程碑或目标。
IND057 = “{ $indicator }”第 { $version } 版把 { $from } 改为 { $to }，却没有换算系数。
    .why = 没有系数，新旧数值无法比较，序列就断了。
    .remedy = 记录换算系数，或另立新指标。
IND058 = { $measure ->
        [share] “{ $indicator }”是占比，单位却是 { $unit }。
       *[other] “{ $indicator }”是计数或累加量，单位却是 { $unit }。
    }
    .why = 百分比不能相加，数量不能平均；单位与计量类型必须一致。
    .remedy = 更正单位或计量类型。
IND059 = “{ $indicator }”的目标设于 { $date }，而计划 { $start } 已开始。
    .why = 在已知部分结果时定目标，很容易定在必能达到之处。
    .remedy = 把原目标与新目标一并保留，并说明更改原因。
IND060 = “{ $indicator }”的标准“{ $criterion ->
        [achievable] { list-criterion-achievable }
        [attributable] { list-criterion-attributable }
        [capacity] { list-criterion-capacity }
        [data] { list-criterion-data }
        [manageable] { list-criterion-manageable }
        [measurable] { list-criterion-measurable }
        [relevant] { list-criterion-relevant }
        [time_bound] { list-criterion-time-bound }
        [verifiable] { list-criterion-verifiable }
       *[specific] { list-criterion-specific }
    }”：{ $by } 评为“{ $reviewed ->
        [met] { list-grade-met }
        [not_met] { list-grade-not-met }
        [partly] { list-grade-partly }
       *[unknown] { list-grade-unknown }
    }”（{ $words }），记录却显示“{ $recorded ->
        [met] { list-grade-met }
        [not_met] { list-grade-not-met }
        [partly] { list-grade-partly }
       *[unknown] { list-grade-unknown }
    }”。
    .why = 两者之一知道另一个所不知道的；若任其并存，读者会各信一种评级。
    .remedy = 记录评审人所知道的情况，或请评审人重新评级。
smart-activity = 它计的是工作（“{ $words }”），不是变化。
smart-after-plan = 最后一个目标 { $date } 到期，晚于计划结束日 { $end }。
smart-against-direction = 目标与基线方向相反。
smart-at-hand = 已有观测值 { $n } 个（{ $source }）。
smart-composite = 它把几个数字并成一个。
smart-dated = 目标于 { $date } 到期。
smart-defined = 只说一件事，且有定义。
smart-double-barrelled = 它合并了两件事：“{ $first }”与“{ $second }”。
smart-few = 其成果共有指标 { $n } 项。
smart-many-figures = 每地每年须报 { $n } 个数字。
smart-many-per-result = 其成果有 { $n } 项指标，超过 { $most } 项就难以维持。
smart-measured = 有单位（{ $unit }）及该计量类型所需的一切。
smart-no-baseline = 没有基线说明起点。
smart-no-cadence = 未说明报告频率。
smart-no-data = 没有来源，也没有任何观测。
smart-no-definition = 没有定义说明什么算、什么不算。
smart-no-direction = 未说明哪个方向更好。
smart-no-focus = “{ $result }”没有通向计划的任何重点。
smart-no-history = 没有序列说明它能变多快，须由评审判断。
smart-no-owner = 没有单位对它负责。
smart-no-parts = 未说明它是什么的占比或均值。
smart-no-reporting = 未说明数值是否累计。
smart-no-result = 它要衡量的成果不存在。
smart-no-scale = 按阶段计数，却没有两级以上的等级表。
smart-no-source = 已有观测值 { $n } 个，但未写明来源。
smart-no-target = 没有目标。
smart-no-unit = 没有单位。
smart-no-verification = 未说明如何核查数值。
smart-nobody-reports = 没有项目报告它。
smart-out-of-bounds = 目标值（{ $value }）不可能出现。
smart-own-work = 它衡量本组织自身的工作。
smart-owned = 由{ $owner }负责。
smart-owner-full = { $owner }负责的指标多达 { $n } 项。
smart-pace = 目标要求每年变化 { $needed }，历史最快为 { $fastest }。
smart-pace-known = 目标要求每年变化 { $needed }，历史上曾达 { $fastest }。
smart-path = 尚无观测，但途径明确：{ $source }。
smart-path-unclear = 写了来源，但尚无观测，也未说明如何核查。
smart-provisional = 仍为初步值：{ $all } 个中的 { $n } 个。
smart-reported = 报告它的项目：{ $n } 个。
smart-reviewer = { $by }认为：{ $words }
smart-several = 原因各不相同，详见各指标。
smart-source-only = 有来源或证据，但未说明如何核查数值。
smart-story = 故事没有可供评判的数字。
smart-survey-too-often = 要求一年多次调查。
smart-tied = 它属于“{ $result }”，通向“{ $focus }”。
smart-undated = 目标没有日期。
smart-vague-words = 没有界定“{ $words }”。
smart-verifiable = 记录说明了如何核查数值。
smart-world-moves = 它受工作以外诸多因素影响，旁边又没有全球对照值。
