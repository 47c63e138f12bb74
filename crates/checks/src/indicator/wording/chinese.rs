//! Reading Chinese names of indicators. Chinese writes no spaces and puts the counted thing last, after the last 的.

use super::{Double, Joined, without_brackets};

/// What joins two things.
const CONJ: &[&str] = &["以及", "和", "与", "及", "或", "、"];

/// What joins two deeds.
const AND_DO: &[&str] = &["并且", "同时", "而且", "并", "且"];

/// What bodies do. Words that are as often nouns (规划, 管理, 监测, 评估) are left out.
const VERBS: &[&str] = &[
    "制定",
    "执行",
    "实施",
    "通过",
    "采用",
    "采纳",
    "推行",
    "落实",
    "建立",
    "建成",
    "促进",
    "推动",
    "加强",
    "提高",
    "改善",
    "减少",
    "参与",
    "应用",
    "运用",
    "使用",
    "审查",
    "修订",
    "投资",
    "投向",
    "借入",
    "发布",
    "主流化",
    "赋权",
    "融入",
    "编制",
    "核准",
    "批准",
    "践行",
    "支持",
    "颁布",
    "保护",
    "提供",
];

/// First deeds that are directly followed by a second one: 制定执行.
const MADE: &[&str] = &["制定", "编制", "通过", "批准"];
const DONE: &[&str] = &["执行", "实施", "落实", "应用"];

/// Bodies and things that are counted.
const COUNTED: &[&str] = &[
    "国家",
    "政府",
    "伙伴",
    "主管部门",
    "当局",
    "城市",
    "机构",
    "组织",
    "利益方",
    "利益攸关方",
    "其他方",
    "企业",
    "程序",
    "政策",
    "方案",
    "贷款",
    "补贴",
    "赠款",
    "金额",
    "渠道",
    "产品",
    "公司",
    "社区",
    "学校",
    "法律",
    "战略",
    "计划",
    "团体",
    "观测站",
    "项目",
    "协会",
    "论坛",
];

/// Levels that only describe: 国家与地方观测站 are observatories, not countries.
const LEVELS: &[&str] = &["国家", "地方", "城市", "区域", "次国家", "全国", "省级", "市级"];

/// What may follow the counted thing.
const TAILS: &[&str] = &["总数", "人数", "笔数", "个数", "次数", "数量", "占比", "比例", "数"];

/// Words that ask how somebody feels.
const FEELINGS: &[&str] = &["满意", "信任", "认同"];

pub(super) fn double(text: &str) -> Option<Double> {
    let text = without_brackets(text);
    // "…，按阶段": by what it is broken down.
    let text = text.split("，按").next().unwrap_or_default();
    list(text).or_else(|| actions(text)).or_else(|| questions(text)).or_else(|| subjects(text))
}

fn pair(joined: Joined, first: &str, second: &str) -> Double {
    Double { joined, first: first.to_owned(), second: second.to_owned() }
}

/// The parts around every conjunction of a list, in order.
fn joints<'a>(text: &'a str, conjunctions: &'static [&'static str]) -> impl Iterator<Item = (&'a str, &'a str)> {
    text.char_indices().filter_map(move |(at, _)| {
        let rest = text.get(at..)?;
        let conj = conjunctions.iter().find(|c| rest.starts_with(**c))?;
        Some((text.get(..at)?, rest.get(conj.len()..)?))
    })
}

fn parts(text: &str) -> Vec<&str> {
    let mut parts = vec![text];
    for conj in CONJ {
        parts = parts.into_iter().flat_map(|p| p.split(conj)).collect();
    }
    parts.into_iter().map(str::trim).filter(|p| !p.is_empty()).collect()
}

fn list(text: &str) -> Option<Double> {
    let (_, rest) = text.split_once(['：', ':'])?;
    let parts = parts(rest);
    let (first, last) = (parts.first()?, parts.last()?);
    (parts.len() >= 3).then(|| pair(Joined::List, first, last))
}

fn actions(text: &str) -> Option<Double> {
    let starts = |rest: &str| VERBS.iter().copied().find(|v| rest.starts_with(v));
    let ends = |before: &str| VERBS.iter().copied().find(|v| before.ends_with(v));
    for (before, rest) in joints(text, CONJ) {
        if let (Some(first), Some(second)) = (ends(before), starts(rest))
            && first != second
        {
            return Some(pair(Joined::Actions, first, second));
        }
    }
    for (before, rest) in joints(text, AND_DO) {
        let earlier = VERBS.iter().copied().find(|v| before.contains(v));
        if let (Some(first), Some(second)) = (earlier, starts(rest)) {
            return Some(pair(Joined::Actions, first, second));
        }
    }
    for first in MADE {
        for (at, _) in text.match_indices(first) {
            let rest = text.get(at + first.len()..).unwrap_or_default();
            if let Some(second) = DONE.iter().find(|d| rest.starts_with(**d)) {
                return Some(pair(Joined::Actions, first, second));
            }
        }
    }
    None
}

fn questions(text: &str) -> Option<Double> {
    let end = FEELINGS.iter().find_map(|f| text.find(f))?;
    let about = text.get(..end)?.rsplit_once('对')?.1;
    let parts = parts(about);
    let (first, last) = (parts.first()?, parts.last()?);
    (parts.len() >= 2).then(|| pair(Joined::Questions, first, last))
}

fn subjects(text: &str) -> Option<Double> {
    let head = text.rsplit_once('的').map_or(text, |(_, head)| head);
    let head = TAILS.iter().find_map(|t| head.strip_suffix(t)).unwrap_or(head);
    let parts = parts(head);
    for two in parts.windows(2) {
        let [left, right] = two else { continue };
        let counted = |part: &str| COUNTED.iter().any(|c| part.ends_with(c));
        let is_level = LEVELS.contains(left) && LEVELS.iter().any(|l| right.starts_with(l) && *right != *l);
        if counted(left) && counted(right) && !is_level {
            return Some(pair(Joined::Subjects, left, right));
        }
    }
    None
}

/// Things that are done.
const EVENTS: &[&str] = &[
    "研讨会",
    "讲习班",
    "培训班",
    "会议",
    "课程",
    "讲座",
    "座谈会",
    "培训次",
    "培训场",
    "培训",
    "研讨",
    "考察",
    "展览",
];

/// Doing them.
const HELD: &[&str] = &["举办", "召开", "开展", "组织", "印发", "出版", "举行", "编写"];

pub(super) fn activity(text: &str) -> Option<String> {
    let text = without_brackets(text);
    let text = text.split("，按").next().unwrap_or_default();
    let head = text.rsplit_once('的').map_or(text, |(_, head)| head);
    let head = TAILS.iter().find_map(|t| head.strip_suffix(t)).unwrap_or(head);
    let head = head.trim_end_matches(['次', '场', '期', '班', '门']);
    if let Some(event) = EVENTS.iter().find(|e| head.ends_with(**e)) {
        return Some((*event).to_owned());
    }
    // 举办培训数, 培训官员人数: the deed itself is counted.
    let counted = TAILS.iter().any(|t| text.ends_with(t));
    let trained = text.contains("培训") && text.ends_with("人数") && !text.contains('的');
    let held = HELD.iter().find(|h| text.starts_with(**h)).copied();
    if trained { Some("培训".to_owned()) } else { held.filter(|_| counted).map(str::to_owned) }
}

const VAGUE: &[&str] =
    &["改善", "改进", "良好", "适足", "适当", "加强", "有效", "全面", "包容", "可持续", "显著", "充分", "强化", "合理"];

pub(super) fn vague(text: &str) -> Vec<String> {
    VAGUE.iter().filter(|v| text.contains(**v)).map(|v| (*v).to_owned()).collect()
}

const PEOPLE: &[&str] = &[
    "人",
    "人口",
    "人数",
    "居民",
    "妇女",
    "女性",
    "儿童",
    "青年",
    "消费者",
    "学生",
    "难民",
    "受益者",
    "工人",
    "官员",
    "成年人",
];

pub(super) fn counts_people(phrase: &str) -> bool {
    let phrase = without_brackets(phrase);
    PEOPLE.iter().any(|p| phrase.trim_end().ends_with(p))
}
