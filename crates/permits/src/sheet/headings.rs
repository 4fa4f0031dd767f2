//! What the columns of a table of specimens or permits are called, in English, Chinese and Russian.
//!
//! Source of truth, for each word:
//! - English: the boxes of the standard form (Res. Conf. 12.3 Annex 2) and the columns of annual reports
//!   (`species_name`, `term_code`, `unit_code`, `country_of_origin`, `origin_permit`, `purpose_code`, `source_code`).
//! - Chinese in traditional characters: the explanation of the boxes of the permit by Taiwan's Bureau of Foreign
//!   Trade (華盛頓公約許可證及證明書各欄說明), boxes 10 to 12b. In simplified characters the same words, with those of
//!   the Appendices in Chinese (学名, 俗名) and of the fishery administration's forms (种名, 物种学名, 拉丁名,
//!   标本类型, 有效期至, 允许进出口证明书号).
//! - Russian, and what stands under `plain`: words of the language, unverified: no printed form was at hand.
//!
//! All are without case, spaces and signs. Within a list, what stands earlier goes first where a table has both.

use cites::heading;

type Lists = &'static [&'static [&'static str]];

/// Box 7, and box 8 where the scientific name is not told.
pub const NAME: Lists = &[
    &["scientificname", "speciesname", "species", "学名", "學名", "物种学名", "拉丁名", "种名"],
    &["научноеназвание", "латинскоеназвание", "название", "вид"], // plain
    heading::TAXON,
    &["commonname", "俗名", "中文名"],
];
/// Box 9: the kind of specimen.
pub const TERM: Lists = &[
    heading::TERM,
    &["termcode", "descriptionofspecimens", "descriptionofspecimen", "description", "标本类型"],
    &["typeofspecimen", "标本描述", "标本种类", "описаниеобразца", "видобразца", "типобразца"], // plain
];
/// Box 10: the source.
pub const SOURCE: Lists = &[heading::SOURCE, &["sourcecode", "来源", "來源"], &["источник"]]; // the last plain
/// Box 5a.
pub const PURPOSE: Lists = &[
    heading::PURPOSE,
    &["purposecode", "purposeofthetransaction", "purposeoftransaction", "交易目的"],
    &["目的", "цель", "цельсделки"], // plain
];
/// Box 11: how much.
pub const QUANTITY: Lists = &[
    heading::QUANTITY,
    &["quantityincludingunit", "数量", "數量", "数量包括单位", "數量包括單位"],
    &["количество"], // plain
];
/// Box 11: of what.
pub const UNIT: Lists = &[heading::UNIT, &["unitcode", "单位", "單位"], &["единица", "единицаизмерения"]]; // the last plain
/// Box 9: marks and numbers.
pub const MARKS: Lists = &[
    &["marks", "identifyingmarks", "identifyingmarksornumbers", "identificationmarks"],
    &["标记", "标识", "标记号", "маркировка", "метки"], // plain
];
/// Box 12: the State of origin.
pub const ORIGIN: Lists = &[
    heading::ORIGIN,
    &["countryoforigin", "origincountry", "原产国", "原產國"],
    &["странапроисхождения"], // plain
];
/// Box 12: the number of the permit of the State of origin.
pub const PREVIOUS_NUMBER: Lists = &[
    &["originpermit", "originpermitno", "originpermitnumber", "permitnooforigin", "permitno", "permitnumber"],
    &["countryoforiginpermitno", "许可证号", "許可證號", "原产国许可证号", "原產國許可證號"],
    &["номерразрешения"], // plain
];
/// The State that issued that permit.
pub const PREVIOUS_COUNTRY: Lists = &[
    &["originpermitcountry", "permitcountry", "originpermitissuedby"],
    &["许可证签发国", "странавыдачиразрешения"], // plain
];
/// Box 12: the day of that permit.
pub const PREVIOUS_DAY: Lists = &[
    &["originpermitdate", "permitdate", "dateofpermit", "countryoforigindate"],
    &["许可证日期", "許可證日期", "датаразрешения"], // plain
];
/// Box 12a: the number of the certificate of the last re-export.
pub const RE_EXPORT_NUMBER: Lists = &[
    &["lastreexportcertificateno", "lastreexportcertificate", "certificateno", "certificatenumber"],
    &["countryoflastreexportcertificateno", "再出口证书号", "номерсертификатареэкспорта"], // the last two plain
];
/// Box 12a: the State of the last re-export.
pub const RE_EXPORT_COUNTRY: Lists = &[
    &["countryoflastreexport", "lastreexport", "lastreexportcountry", "最後再出口國國別", "最后再出口国国别"],
    &["最後再出口國", "最后再出口国", "странапоследнегореэкспорта"], // the last plain
];
/// Box 12a: the day of that certificate.
pub const RE_EXPORT_DAY: Lists = &[
    &["lastreexportcertificatedate", "certificatedate", "countryoflastreexportdate"],
    &["再出口证书日期", "датасертификатареэкспорта"], // plain
];
/// Box 12b: the operation.
pub const OPERATION: Lists = &[
    &["operation", "noofoperation", "nooftheoperation", "operationno", "registeredoperation"],
    &["繁殖場編號", "繁殖场编号"],
    &["注册号", "номерпитомника"], // plain
];
/// Box 12b: when it was acquired.
pub const ACQUIRED: Lists = &[
    &["acquired", "dateofacquisition", "datesofacquisition", "acquisitiondate"],
    &["物種取得日期", "物种取得日期", "获得时间"],
    &["датаприобретения"], // plain
];
/// What else there is to say.
pub const REMARKS: Lists = &[&["remarks", "remark", "comments"], &["备注", "備註", "примечание"]]; // the last plain

/// Box 1: the number of a permit that is taken over.
pub const PERMIT_NUMBER: Lists = &[
    &["number", "permitnumber", "permitno", "permitcertificateno", "certificatenumber", "certificateno"],
    &["允许进出口证明书号", "许可证号", "許可證號"],
    &["证书号", "номер", "номерразрешения"], // plain
];
/// Box 1: its kind.
pub const PERMIT_KIND: Lists = &[&["kind", "type", "permittype", "typeofpermit"], &["证书类型", "тип"]]; // the last plain
/// Boxes 3 and 4: who holds it.
pub const HOLDER: Lists = &[&["holder", "permittee", "permitholder"], &["持有人", "申请人", "владелец"]]; // the last plain
/// Box 13: the day of issue.
pub const ISSUED: Lists = &[
    &["issued", "dateofissue", "issuedate", "issuedon"],
    &["签发日期", "датавыдачи"], // plain
];
/// Box 2: the last day.
pub const LAST_DAY: Lists = &[
    &["lastday", "validuntil", "expires", "expirydate", "有效期至", "有效期限"],
    &["действительнодо"], // plain
];
/// How much of a line was used.
pub const USED: Lists = &[&["used", "quantityused", "usedsofar"], &["已使用数量", "использовано"]]; // the last plain
/// The state of a permit.
pub const STATE: Lists = &[&["state", "status"], &["状态", "состояние"]]; // the last plain

/// What a row is called that sums up the rows above it; the last three plain.
pub const TOTAL: [&str; 9] =
    ["total", "totals", "subtotal", "grandtotal", "sum", "合计", "总计", "итого", "всего"];
