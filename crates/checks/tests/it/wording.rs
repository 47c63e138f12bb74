//! Verdicts on the names of 62 real indicators, as a monitoring specialist would give them, and why.

use checks::indicator::wording::{
    Joined, activity_in_chinese, activity_in_english, double_in_chinese, double_in_english,
};

/// English and Chinese name; what each joins, if anything; why.
type Case = (&'static str, &'static str, Option<Joined>, Option<Joined>, &'static str);

use Joined::{Actions, List, Questions, Subjects};

#[rustfmt::skip]
const CASES: &[Case] = &[
    ("Countries that fold equity, economy and ecology principles into policy and law, partly or extensively",
     "把公平、经济、生态原则部分或广泛纳入政策立法的国家数", None, None, "principles and the places they go to are lists; the deed is one"),
    ("Crisis-prone and post-crisis countries whose planning rules include risk reduction",
     "规划政策法规已含减险措施的易危机及危机后国家数", None, None, "two adjectives of one body"),
    ("Strengthened institutions using newly gained methods and knowledge, fully or partly",
     "充分或部分运用新获手段与知识的强化机构数", None, None, "methods and knowledge are one gain"),
    ("Cities that apply inclusive planning and governance with support",
     "在协助下有效推行包容性规划治理的城市数", None, None, "planning and governance name one practice"),
    ("Countries at each stage of applying land, housing and property policy",
     "处于各实施阶段的土地住房财产政策国家数", None, None, "one thing"),
    ("Countries and partners with policies for tenure security and fewer forced evictions",
     "推行保有权与减少强迫迁离政策的国家和伙伴数", Some(Subjects), Some(Subjects), "a country and a partner are counted as if they were alike"),
    ("Countries at each stage of slum prevention and upgrading policy",
     "处于各阶段的贫民区预防与改造国家数", None, None, "one thing"),
    ("Trend in downloads of the two flagship reports",
     "两大旗舰报告下载量走势", None, None, "one thing"),
    ("Governments and partners that teach with the flagship reports and best-practice database",
     "在教学培训中采用旗舰报告与最佳做法库的政府和伙伴数", Some(Subjects), Some(Subjects), "governments and partners are two sorts of bodies"),
    ("Partners that contribute to making and applying urbanization policy",
     "对城市化政策制定执行有贡献的伙伴数", Some(Actions), Some(Actions), "one may help to make a policy and never apply it"),
    ("Youth groups taking part in settlements programmes",
     "参与住区方案的青年团体数", None, None, "one thing"),
    ("Settlements programmes that mainstream gender and empower women",
     "性别主流化并赋权妇女的住区方案数", Some(Actions), Some(Actions), "to mainstream gender is one thing, to empower women another"),
    ("Partners promoting gender equality in urbanization",
     "在城市化领域促进性别平等的伙伴数", None, None, "one thing"),
    ("Local and national observatories that feed evidence into decisions",
     "为决策提供证据的地方与国家观测站数", None, None, "local and national are tiers, not bodies"),
    ("Observatories applying the urban indicator guidelines, partly or fully",
     "部分或全部采用城市指标准则的观测站数", None, None, "one thing"),
    ("Requests for policy guidance on urban economy and finance",
     "索取城市经济与融资政策指引的请求次数", None, None, "one thing"),
    ("Requests for information and publications on urban economy and finance",
     "索取城市经济与融资信息出版物的请求次数", None, None, "one request, for either thing"),
    ("National Habitat forums driving a coordinated approach, partly or fully",
     "部分或全面推动协调做法的国家人居论坛数", None, None, "one thing"),
    ("National planning instruments that include urbanization, incl. UN and poverty frameworks",
     "纳入城市化议题的国家规划手段数(含联发援框架与减贫战略)", None, None, "the frameworks are examples"),
    ("Target countries promoting comprehensive planning and governance",
     "推动综合规划治理的目标国数", None, None, "one thing"),
    ("Cities with better planning capacity after a crisis",
     "危机后规划治理能力提升的城市数", None, None, "one thing"),
    ("Countries that promote access to land and housing, crisis countries included",
     "促进土地住房获取的国家数(含受危机国家)", None, None, "land and housing are a list of goods"),
    ("Unserved and underserved people who gain sound infrastructure and services",
     "新获环保设施服务的缺服务人数", None, None, "unserved and underserved are one population"),
    ("People in target communities with access to sound basic services",
     "目标社区获得基本服务的人数", None, None, "one thing"),
    ("Rise in the share of consumers satisfied with partner services",
     "对伙伴服务满意的消费者比例增幅", None, None, "one thing"),
    ("Rise in the share of providers recovering at least 95% of operation and maintenance cost",
     "运维成本回收率达95%的服务商比例增幅", None, None, "operation and maintenance is one cost"),
    ("Rise in the share of consumers ranking basic services in their top three needs",
     "把基本服务列入前三需求的消费者比例增幅", None, None, "one thing"),
    ("Fall in the price the poor pay relative to other consumers",
     "穷人支付价格相对他人的降幅", None, None, "one thing"),
    ("Commercial loans, subsidies and grants for housing and infrastructure",
     "用于住房与设施的商贷、补贴与赠款笔数", Some(Subjects), Some(Subjects), "a loan, a subsidy and a grant are three instruments"),
    ("Rise in the share of housing loans going to low-income or informal earners",
     "住房贷款流向低收入或非正式收入者的比例增幅", None, None, "one thing"),
    ("Households with new or improved housing and infrastructure",
     "获新建或改善住房设施的住户数", None, None, "new or improved describes the homes"),
    ("Money borrowed by local authorities and invested in affordable housing, with access to new finance",
     "地方举债投向可负担住房的金额与新融资渠道", Some(Actions), Some(Subjects), "borrowed is not invested; the Chinese adds channels to an amount"),
    ("Level of affordable-housing finance: units, connections, mortgage products, developers",
     "可负担住房融资水平:套数、接通数、抵押产品与开发商数", Some(List), Some(List), "four counts in one figure"),
    ("New borrower finance-literacy schemes in countries with local finance facilities or seed projects",
     "设有地方融资设施或种子资金项目国家新增的借款人金融知识方案数", None, None, "the places are described, the schemes are counted"),
    ("Share of people living in slums",
     "居住在贫民窟的人口比例", None, None, "one thing"),
    ("Share of urban people with adequate housing",
     "有适当住房的城市人口比例", None, None, "one thing"),
    ("Share of urban people with water, sanitation, waste collection, clean energy and public transport",
     "享有水、卫生、垃圾收运、清洁能源与公交的城市居民比例", None, None, "a list of services, broken down by service"),
    ("Authorities applying policy for local economic development and decent jobs",
     "已推行地方经济与就业政策的主管部门数", None, None, "one policy with two aims"),
    ("Authorities applying inclusive plans that cope with urban growth",
     "已推行包容且能应对增长之规划的主管部门数", None, None, "one thing"),
    ("Partner authorities with systems for land access, tenure, effective law and multilevel governance",
     "建成土地获取、保有权与多层治理体系的伙伴主管部门数", None, None, "parts of one system"),
    ("Partner authorities applying plans and designs built on best-practice standards",
     "按最佳做法标准落实规划设计的伙伴主管部门数", None, None, "one thing"),
    ("Authorities with strategies for local economy, inclusion, jobs and municipal finance",
     "有促进本地经济就业与财政战略的主管部门数", None, None, "one thing"),
    ("Partner authorities with policies for fair access to basic services incl. the two guidelines",
     "落实公平服务政策(含两套准则)的伙伴主管部门数", None, None, "the guidelines are a part of the policies"),
    ("Partner authorities with improved pro-poor housing policies and programmes",
     "推行改进后惠贫住房政策方案的伙伴主管部门数", None, None, "policies and programmes are what improved, authorities are counted"),
    ("Partner authorities that build risk reduction into planning and management",
     "把减险纳入城市规划管理的伙伴主管部门数", None, None, "planning and management are where risk goes in"),
    ("Partner authorities and others able to make and apply evidence-based policy",
     "有能力循证制定和执行政策的伙伴数", Some(Subjects), Some(Actions), "authorities and others, who make and apply"),
    ("Partner governments satisfied with mandate delivery and coordination",
     "对履行任务与协调作用满意的伙伴政府数", Some(Questions), Some(Questions), "content with the delivery, not with the coordination: what is the answer?"),
    ("Growth in the share of portfolio value that fully joins normative and operational work",
     "规范与业务充分融合项目的价值占比增幅", None, None, "the join of the two is the thing measured"),
    ("Share of partner governments and stakeholders engaged in the new agendas",
     "参与落实新议程的伙伴政府与利益方占比", Some(Subjects), Some(Subjects), "governments and stakeholders in one share"),
    ("Business procedures and policies adopted that raise efficiency and effectiveness",
     "为增效而通过的业务程序与政策数", Some(Subjects), Some(Subjects), "procedures and policies are counted together"),
    ("Slum dwellers whose lives are much improved",
     "生活得到显著改善的贫民区居民数", None, None, "one thing"),
    ("People lacking safe water and sanitation in cities",
     "城市缺安全饮水与卫生的人数", None, None, "water and sanitation are a list of services"),
    ("Share of urban people in slums, informal settlements or inadequate housing (11.1.1)",
     "住在贫民窟、非正规住区或住房不足的城市人口占比(11.1.1)", None, None, "a union of conditions, defined elsewhere"),
    ("Secure tenure rights to land (1.4.2, tier II since 2018)",
     "有保障的土地保有权(1.4.2,2018年列第二级)", None, None, "one thing"),
    ("Candidate set from the Global Urban Monitoring Framework",
     "取自全球城市监测框架的候选指标组", None, None, "one thing"),
    ("Candidate set from SDG 11 and other urban SDG indicators",
     "取自目标11及其他城市相关指标的候选组", None, None, "one thing"),
    ("Candidate set from New Urban Agenda monitoring",
     "取自新城市议程全球监测的候选组", None, None, "one thing"),
    ("New indicators made where existing ones do not measure the strategic focus",
     "现有指标不足时为战略重点新设的指标", None, None, "one thing"),
    ("Administrative cost as a share of each project budget",
     "行政费用占各项目预算比", None, None, "one thing"),
    ("Core non-earmarked contributions against annual target",
     "非专用捐款对年度目标的完成率", None, None, "one thing"),
    ("Extrabudgetary share of total income",
     "预算外收入占总收入比", None, None, "one thing"),
    ("Year-end balance of foundation and programme-support accounts",
     "基金会与方案支助账户年末收支差", None, None, "one balance of two accounts"),
];

#[test]
fn two_things_in_one_name() {
    let mut faults = Vec::new();
    for (english, chinese, in_english, in_chinese, why) in CASES {
        let found = double_in_english(english);
        if found.as_ref().map(|d| d.joined) != *in_english {
            faults.push(format!("{english}: {found:?}, expected {in_english:?}: {why}"));
        }
        let found = double_in_chinese(chinese);
        if found.as_ref().map(|d| d.joined) != *in_chinese {
            faults.push(format!("{chinese}: {found:?}, expected {in_chinese:?}: {why}"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// None of the 62 counts work as such: downloads and requests are what others do with it, schemes and procedures stay.
#[test]
fn real_indicators_do_not_count_work() {
    for (english, chinese, ..) in CASES {
        assert_eq!(activity_in_english(english), None, "{english}");
        assert_eq!(activity_in_chinese(chinese), None, "{chinese}");
    }
}

/// Names made up to try the edges of the rules.
#[test]
fn edges_of_two_things() {
    for (name, expected) in [
        ("Cities that adopt and implement a climate plan", Some(Actions)),
        ("Cities that adopt and fully implement a climate plan", Some(Actions)),
        ("Policies adopted or revised", Some(Actions)),
        ("Number and quality of plans adopted", Some(Joined::Measures)),
        ("Number of plans and budgets adopted", Some(Subjects)),
        ("Share of women and girls with access to water and sanitation", None),
        ("Cities and towns with a plan", None),
        ("Cities with monitoring and reporting systems", None),
        ("People satisfied with local and national services", None),
        ("People with improved and maintained homes", None),
        ("Authorities able to plan and manage land", Some(Actions)),
        ("Countries promoting tenure and adopting land law", Some(Actions)),
        ("Share of households with piped water and/or a toilet", None),
        ("", None),
        ("and", None),
        ("and or and", None),
        ("of of :,,", None),
    ] {
        assert_eq!(double_in_english(name).map(|d| d.joined), expected, "{name}");
    }
    for (name, expected) in [
        ("通过并实施气候计划的城市数", Some(Actions)),
        ("制定实施气候计划的城市数", Some(Actions)),
        ("设有国家与地方观测站的城市数", None),
        ("国家与地方观测站数", None),
        ("国家和城市数", Some(Subjects)),
        ("享有水和卫生的人口比例", None),
        ("", None),
        ("和", None),
        ("的、的", None),
    ] {
        assert_eq!(double_in_chinese(name).map(|d| d.joined), expected, "{name}");
    }
}

#[test]
fn work_is_told_from_change() {
    for (name, is_work) in [
        ("Number of workshops held", true),
        ("Training sessions for city officials", true),
        ("Officials trained in land law", true),
        ("Reports published on urban finance", true),
        ("New courses for borrowers where there are local finance facilities", true),
        ("Missions to partner cities", true),
        ("Share of officials who apply what the training taught", false),
        ("Training colleges that teach land law", false),
        ("Downloads of the two flagship reports", false),
        ("National Habitat forums by extent of coordination", false),
        ("Cities that follow the guidelines", false),
    ] {
        assert_eq!(activity_in_english(name).is_some(), is_work, "{name}");
    }
    for (name, is_work) in [
        ("举办研讨会次数", true),
        ("培训官员人数", true),
        ("开展宣传活动数", true),
        ("面向地方官员的培训班期数", true),
        ("新的借款人课程", true),
        ("在教学培训中采用旗舰报告的政府数", false),
        ("接受培训后应用所学的官员比例", false),
    ] {
        assert_eq!(activity_in_chinese(name).is_some(), is_work, "{name}");
    }
}
