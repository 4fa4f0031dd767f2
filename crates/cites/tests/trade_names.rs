//! Every name the CITES Trade Database uses in its tabulations is a term or a unit of ours.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use cites::{Term, Unit, UnitDoubt};

/// All names of terms in the comparative tabulations 1975-2023 at hand, and the term each stands for.
const TERMS: &str = "\
live LIV; leather products (small) LPS; skins SKI; caviar CAV; extract EXT; trophies TRO; cosmetics COS;
carvings CAR; specimens SPE; garments GAR; bodies BOD; tusks TUS; skulls SKU; meat MEA; eggs EGG;
raw corals COR; leather products (large) LPL; teeth TEE; skin pieces SKP; derivatives DER; shoes SHO;
bones BON; claws CLA; ivory carvings IVC; sawn wood SAW; feathers FEA; dried plants DPL; chips CHP;
shells SHE; feet FOO; plates PLA; hair HAI; wax WAX; bone carvings BOC; eggs (live) EGL; tails TAI;
unspecified UNS; powder POW; timber TIM; roots ROO; baleen BAL; oil OIL; stems STE; rug RUG; cloth CLO;
timber pieces TIP; ivory pieces IVP; ears EAR; skeletons SKE; leather items SKO; genitalia GEN; horns HOR;
leaves LVS; seeds SEE; bone pieces BOP; hair products HAP; carapaces CAP; jewellery JWL; logs LOG;
veneer VEN; skin scraps SKS; fins FIN; medicine MED; sides SID; flowers FLO; musk MUS; wood product WPR;
scales SCA; bark BAR; fingerlings FIG; piano keys KEY; gall bladders GAB; jewellery - ivory IJW;
fibres FIB; gall GAL; fruit FRU; soup SOU; fur product (small) FPS; horn carvings HOC; swim bladders SWI;
bone products BPR; pearls PEA; fur products (large) FPL; cultures CUL; furniture FRN; plywood PLY;
scraps SCR; horn pieces HOP; ivory scraps IVS; eggshell ESH; heads HEA; venom VNM; flower pots FPT;
leather LEA; coral sand CSD; fin (dried) FIN; pearl PRL; quills QUI; sets of piano keys PKY; calipee CAL;
frog legs LEG; horn products HPR; trunk TRU";

const UNITS: &str = "\
kg KGM; g GRM; number of specimens NAR; mg MGM; pairs PAI; sets SET; m3 MTQ; ml MLT; m2 MTK; m MTR; l LTR;
flasks FLA; microgrammes MYG; sides SID; cm2 SQC; ft2 SQF; cm3 CMQ; (skins) SKI; bellyskins BSK; cm CTM;
cartons CRT; shipments SHP; backskins BAK; bottles BOT; bags BAG; boxes BOX; hornback skins HRN; cans CAN;
pieces PCS; cases CAS; items ITE; inches INC";

fn rows(table: &str) -> Vec<(&str, &str)> {
    table.split(';').map(|row| row.trim().rsplit_once(' ').unwrap()).collect()
}

#[test]
fn every_term_of_the_tabulations_is_known() {
    let rows = rows(TERMS);
    assert_eq!(rows.len(), 103);
    for (name, code) in rows {
        assert_eq!(Term::from_trade_name(name).map(Term::code), Some(code), "{name}");
    }
}

#[test]
fn every_unit_of_the_tabulations_is_known() {
    let rows = rows(UNITS);
    assert_eq!(rows.len(), 32);
    for (name, code) in rows {
        assert_eq!(Unit::from_trade_name(name).map(Unit::code), Some(code), "{name}");
    }
    assert_eq!(Unit::from_trade_name(""), Some(Unit::Number));
}

#[test]
fn case_and_spaces_at_the_ends_do_not_matter() {
    for name in ["jewellery - ivory ", "Jewellery - Ivory", " JEWELLERY - IVORY"] {
        assert_eq!(Term::from_trade_name(name), Some(Term::JewelleryIvory));
    }
    assert_eq!(Unit::from_trade_name("Number of specimens"), Some(Unit::Number));
    assert_eq!(Term::from_trade_name("unicorn"), None);
    assert_eq!(Term::from_trade_name(""), None);
}

#[test]
fn codes_outside_the_guidelines_are_read_with_a_doubt() {
    for (text, unit) in [
        ("KIL", Unit::Kilogram),
        ("CUM", Unit::CubicMetre),
        ("SQM", Unit::SquareMetre),
        ("CCM", Unit::CubicCentimetre),
    ] {
        assert_eq!(Unit::read(text), Ok((unit, Some(UnitDoubt::UnofficialCode(unit)))));
        assert!(text.parse::<Unit>().is_err());
    }
    assert_eq!(Unit::read("KGM"), Ok((Unit::Kilogram, None)));
    assert_eq!(Unit::read(" kg "), Ok((Unit::Kilogram, None)));
    assert_eq!(Unit::read(""), Ok((Unit::Number, None)));
    assert!(Unit::read("stone").is_err());
}
