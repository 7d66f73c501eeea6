//! Files as they should be, one of each family.

use std::io::{Cursor, Write};

use flate2::Compression;
use flate2::write::GzEncoder;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

pub const GOOD: &str = r#"{"id":"good","turns":[{"role":"staff","text":"您好"}]}"#;

pub const JSON: &str = r#"{"language":"zh","segments":[
{"id":0,"start":0.0,"end":2.5,"text":"您好，请问办什么？"},
{"id":1,"start":3.0,"end":5.5,"text":"我来提取公积金。"}]}"#;

pub const CSV: &str =
    "流水号,角色,开始时间(ms),内容\n1,客服,0,您好\n1,客户,3000,我来提取。\n1,客服,6000,好的\n";

pub const SRT: &str = "1\n00:00:00,000 --> 00:00:02,500\n客服：您好\n\n2\n00:00:03,000 --> 00:00:05,500\n客户：我来提取。\n";

pub const VTT: &str = "WEBVTT\n\n00:00.000 --> 00:02.500\n<v 客服>您好</v>\n\n00:03.000 --> 00:05.500\n<v 客户>我来提取。</v>\n";

pub const TEXTGRID: &str = "File type = \"ooTextFile\"\nObject class = \"TextGrid\"\n\n0\n6\n<exists>\n1\n\
\"IntervalTier\"\n\"客服\"\n0\n6\n2\n0\n3\n\"您好\"\n3\n6\n\"请讲\"\n";

pub const EAF: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ANNOTATION_DOCUMENT><TIME_ORDER>\n\
<TIME_SLOT TIME_SLOT_ID=\"a\" TIME_VALUE=\"0\"/>\n<TIME_SLOT TIME_SLOT_ID=\"b\" TIME_VALUE=\"3000\"/>\n\
</TIME_ORDER><TIER TIER_ID=\"客服\"><ANNOTATION><ALIGNABLE_ANNOTATION TIME_SLOT_REF1=\"a\" TIME_SLOT_REF2=\"b\">\n\
<ANNOTATION_VALUE>您好</ANNOTATION_VALUE>\n</ALIGNABLE_ANNOTATION></ANNOTATION></TIER></ANNOTATION_DOCUMENT>\n";

pub const STM: &str = "call 1 客服 0.0 2.5 <o> 您好\ncall 1 客户 3.0 5.5 <o> 我来提取。\n";

pub const CTM: &str = "call 1 0.0 0.5 您好\ncall 1 3.0 0.5 提取\n";

pub fn workbook() -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (row, cells) in (0..).zip([["角色", "内容"], ["客服", "您好"]]) {
        sheet.write_row(row, 0, cells).expect("a row");
    }
    book.save_to_buffer().expect("a workbook")
}

pub fn gz(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).expect("memory takes it");
    encoder.finish().expect("memory takes it")
}

pub fn zip(files: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in files {
        let options = SimpleFileOptions::default();
        writer.start_file(*name, options).expect("memory takes it");
        writer.write_all(text.as_bytes()).expect("memory takes it");
    }
    writer.finish().expect("memory takes it").into_inner()
}
