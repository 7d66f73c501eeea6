//! A small standard, a conversation and its assessment, for the tests of this floor.

use crate::assessment::{Assessment, By, ClauseVerdict, Closeness, Evidence, Occasion, Verdict};
use crate::conversation::{About, Channel, Conversation, Note, NoteKind, Role, Turn};
use crate::phrasebook::proposals::Proposals;
use crate::phrasebook::rules::{
    Acts, Bilingual, Book, Clause, Element, Form, Kind, RoleSigns, Rules, Scoring, Severity,
    VisitSigns,
};
use crate::span::Span;
use crate::text::{Folding, FoldingSpec, Language, LanguageSpec, Sounds};
use std::collections::BTreeMap;

fn text(zh: &str, en: &str) -> Bilingual {
    Bilingual {
        zh: zh.to_owned(),
        en: en.to_owned(),
    }
}

fn element(key: &str, zh: &str, en: &str) -> Element {
    Element {
        key: key.to_owned(),
        means: text(zh, en),
        acts: Acts::default(),
        form: Form::Response,
        ahead: 3,
        before: None,
        strictly_after: false,
        with: Acts::default(),
        without: Acts::default(),
        while_flags: 0,
        say: None,
    }
}

fn clause(id: &str, severity: Severity, title: Bilingual, elements: Vec<Element>) -> Clause {
    let article = id.split('.').next().and_then(|number| number.parse().ok());
    Clause {
        id: id.to_owned(),
        book: 0,
        changed: None,
        article: article.unwrap_or(0),
        kind: if elements.is_empty() {
            Kind::Prohibition
        } else {
            Kind::Obligation
        },
        form: Form::Response,
        channels: Channel::ALL.to_vec(),
        severity,
        status: "stable".to_owned(),
        since: "1.0.0".to_owned(),
        title,
        when: Bilingual::default(),
        say: None,
        opens: Vec::new(),
        back: 0,
        ahead: 3,
        closes: Acts::default(),
        elements,
        never: Vec::new(),
        examples: Vec::new(),
    }
}

/// Five clauses of the first standard, without anything to search.
pub fn rules() -> Rules {
    let greet = || element("greet", "开头问好", "a greeting at the opening");
    let mut receiving = clause(
        "9.3",
        Severity::Normal,
        text("接待办事客户", "Receiving a client at the counter"),
        vec![greet()],
    );
    receiving.say = Some("您好，请问您是办理提取（贷款）业务吗？".to_owned());
    let mut incomplete = clause(
        "9.5",
        Severity::Normal,
        text("材料不全", "Documents incomplete"),
        vec![
            element("apology", "致歉", "apology"),
            element("basis", "说明依据的规定", "refers to the rule"),
            element(
                "missing",
                "说明还缺什么材料",
                "says which document is still needed",
            ),
            element(
                "regret",
                "为客户白跑一趟、耽误时间或添了麻烦表示歉意",
                "regret for the wasted trip, the lost time or the trouble that it makes",
            ),
        ],
    );
    incomplete.say =
        Some("对不起，根据规定您还应提供xx资料，这次让您白跑一趟，真是抱歉。".to_owned());
    incomplete.elements[3].say = Some("这次让您白跑一趟，真是抱歉。".to_owned());
    let mut first = clause(
        "11.1",
        Severity::Normal,
        text("主动问好", "Greeting first"),
        vec![greet()],
    );
    first.form = Form::Init;
    let mut parting = clause(
        "14.2",
        Severity::Minor,
        text("礼貌道别", "Polite parting"),
        vec![element("farewell", "道别", "a polite parting word")],
    );
    parting.say = Some("再见。".to_owned());
    let slighting = clause(
        "31.1",
        Severity::Major,
        text("怠慢", "Slighting the client"),
        Vec::new(),
    );
    Rules {
        said: None,
        books: vec![Book {
            name: "qinzhou-2014".to_owned(),
            version: "1.0.0".to_owned(),
            title: text("服务标准", "Service standard"),
        }],
        in_force: None,
        opening: 2,
        close: 3,
        folding: Folding::new(&FoldingSpec::default()),
        sounds: Sounds::new(&[]),
        language: Language::new(&LanguageSpec {
            allowed: vec!["cmn".to_owned()],
        }),
        acts: Vec::new(),
        guards: Vec::new(),
        wordings: Vec::new(),
        flags: Vec::new(),
        channel_signs: Vec::new(),
        clauses: vec![receiving, incomplete, first, parting, slighting],
        yields: Vec::new(),
        off: Vec::new(),
        articles: Vec::new(),
        scoring: Scoring {
            start: 100.0,
            floor: 0.0,
            ceiling: 100.0,
            pass: 85.0,
            points: BTreeMap::new(),
            veto: vec![Severity::Critical],
            vetoed: 0.0,
            complaints: None,
        },
        proposals: Proposals::default(),
        role_signs: RoleSigns {
            weights: BTreeMap::new(),
            words: BTreeMap::new(),
            lean: 0.0,
            alternate: 0.9,
            least: 6.0,
            confidence: 0.9,
        },
        visit_signs: VisitSigns::default(),
        courtesy_words: Vec::new(),
    }
}

/// A visit to the counter that goes middling.
pub fn conversation() -> Conversation {
    let turns = [
        (Role::Staff, "您好，办什么？"),
        (Role::Client, "我来办公积金提取。"),
        (Role::Client, "那我这些材料够不够？"),
        (
            Role::Staff,
            "对不起，还少一份购房合同，您回去拿一下，复印件不行，要原件，另外银行流水也要盖章，缺一样都办不了。",
        ),
        (Role::Other, "Excuse me, where is window three?"),
        (Role::Staff, "等着，\u{1b}[31m没看见我忙着吗？"),
        (Role::Client, "ok, bye."),
        (Role::Staff, "嗯。"),
    ];
    Conversation {
        id: "a01".to_owned(),
        channel: Some(Channel::Counter),
        turns: turns.map(|(role, text)| Turn::new(role, text)).to_vec(),
        ..Conversation::default()
    }
}

fn evidence(turn: usize, (start, end): (u32, u32), element: Option<&str>, by: By) -> Evidence {
    let span = Span::new(start, end);
    Evidence {
        turn,
        span,
        text: span.of(&conversation().turns[turn].text).to_owned(),
        element: element.map(str::to_owned),
        by,
    }
}

fn occasion(
    trigger: usize,
    verdict: Verdict,
    missing: &[&str],
    evidence: Vec<Evidence>,
) -> Occasion {
    Occasion {
        trigger,
        verdict,
        missing: missing.iter().map(|key| (*key).to_owned()).collect(),
        evidence,
        closeness: None,
    }
}

fn verdict(clause: &str, points: f64, worst: Occasion) -> ClauseVerdict {
    ClauseVerdict {
        clause: clause.to_owned(),
        worst,
        others: Vec::new(),
        points,
        from: None,
    }
}

/// What the five clauses make of [`conversation`]: one of each verdict.
pub fn assessment() -> Assessment {
    let greeting = evidence(0, (0, 6), Some("greet"), By::Text);
    let apology = evidence(3, (0, 9), Some("apology"), By::Text);
    let missing = evidence(3, (12, 36), Some("missing"), By::Sound);
    let slight = evidence(5, (0, 6), None, By::Text);
    let mut receiving = verdict("9.3", 0.0, occasion(0, Verdict::Met, &[], vec![greeting]));
    receiving.worst.closeness = Some(Closeness::Informal);
    let incomplete = occasion(
        2,
        Verdict::Partial,
        &["basis", "regret"],
        vec![apology, missing],
    );
    let mut incomplete = verdict("9.5", -2.5, incomplete);
    incomplete.worst.closeness = Some(Closeness::Equivalent);
    incomplete.others = vec![occasion(9, Verdict::Met, &[], Vec::new())];
    let note = |turn, kind, detail: &str| Note {
        turn,
        kind,
        detail: detail.to_owned(),
    };
    Assessment {
        id: "a01".to_owned(),
        phrasebook: "qinzhou-2014@1.0.0".to_owned(),
        channel: Some(Channel::Counter),
        language: "cmn".to_owned(),
        score: Some(82.5),
        vetoed: false,
        verdicts: vec![
            receiving,
            incomplete,
            verdict(
                "11.1",
                0.0,
                occasion(0, Verdict::Undecided, &[], Vec::new()),
            ),
            verdict(
                "14.2",
                -5.0,
                occasion(6, Verdict::Missed, &["farewell"], Vec::new()),
            ),
            verdict(
                "31.1",
                -10.0,
                occasion(5, Verdict::Breached, &[], vec![slight]),
            ),
        ],
        courtesy_words: vec![("您好".to_owned(), 1), ("请".to_owned(), 0)],
        notes: vec![
            note(None, NoteKind::CutOpening, ""),
            note(Some(4), NoteKind::OtherLanguage, "eng"),
            note(Some(6), NoteKind::OtherLanguage, "eng"),
        ],
        about: About {
            agent: Some("07".to_owned()),
            tags: vec!["vip".to_owned()],
            ..About::default()
        },
    }
}
