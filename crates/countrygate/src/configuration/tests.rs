//! The settings against the arguments and the page that explains them.

use super::*;

const PAGE: &str = include_str!("../../../../docs/reference/configuration.md");

#[test]
fn every_setting_is_a_flag_of_doctor_a_variable_and_a_row_of_the_page() {
    let mut command = Arguments::command();
    command.build();
    let doctor = command.find_subcommand("doctor").unwrap();
    for Setting { name, .. } in SETTINGS {
        let argument = doctor.get_arguments().find(|argument| argument.get_id() == name);
        let argument = argument.unwrap_or_else(|| panic!("`doctor` does not know {name}"));
        let variable = format!("COUNTRYGATE_{}", name.to_uppercase());
        assert_eq!(argument.get_env().and_then(|name| name.to_str()), Some(variable.as_str()));
        assert_eq!(argument.get_long(), Some(name.replace('_', "-").as_str()));
        assert!(PAGE.contains(&format!("| `{name}` | `--{}`", name.replace('_', "-"))), "{name}");
    }
}

#[test]
fn every_argument_of_serve_is_a_setting_or_known_not_to_be() {
    // What is asked of one run, and the file itself, which cannot name itself.
    let others = ["demo", "help", "config", "edition", "format", "color"];
    let mut command = Arguments::command();
    command.build();
    for argument in command.find_subcommand("serve").unwrap().get_arguments() {
        let name = argument.get_id().as_str();
        let is_setting = SETTINGS.iter().any(|setting| setting.name == name);
        assert!(is_setting != others.contains(&name), "{name} needs a line in SETTINGS");
    }
}

#[test]
fn a_list_is_written_between_brackets() {
    let table = toml::de::DeTable::parse("one = ['10.0.0.0/8', '::1']\nother = [1]").unwrap();
    let read = |key: &str| {
        let value = table.get_ref().get(key).unwrap();
        Kind::List.read(value.get_ref(), std::path::Path::new(""))
    };
    assert_eq!(read("one").unwrap(), ["10.0.0.0/8", "::1"]);
    assert!(read("other").unwrap_err().contains("between brackets"));
}
