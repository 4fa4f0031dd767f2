# The documents of Articles III to V where no exemption applies and the States are Parties, with suspensions,
# zero quotas and the commercial test of Appendix I. Written from the Convention, for comparison only.
package matrix

import rego.v1

default refused := false

listed if input.appendix in {"I", "II", "III"}

ordinary if input.regime == "ordinary"

refused if {
	listed
	ordinary
	input.suspension == "in-force"
}

refused if {
	listed
	input.suspension == "all-trade"
}

refused if {
	listed
	ordinary
	input.quota == "zero"
}

# Art. III.3(c): not to be used for primarily commercial purposes.
refused if {
	input.appendix == "I"
	ordinary
	input.purpose_import == "T"
}

# Art. III.2, III.3: the import permit comes first.
documents contains "import-permit" if {
	input.appendix == "I"
	ordinary
	input.movement in {"export", "re-export"}
	input.importer == "party"
}

documents contains "export-permit" if {
	input.appendix in {"I", "II"}
	ordinary
	input.movement == "export"
	input.exporter == "party"
}

# Art. V.2, V.3: from the Party that listed it, its export permit; from another, a certificate of origin.
documents contains "export-permit" if {
	input.appendix == "III"
	ordinary
	input.movement == "export"
	input.origin_lists == "yes"
	input.exporter == "party"
}

documents contains "certificate-of-origin" if {
	input.appendix == "III"
	ordinary
	input.movement == "export"
	input.origin_lists == "no"
	input.exporter == "party"
}

documents contains "re-export-certificate" if {
	listed
	ordinary
	input.movement == "re-export"
	input.exporter == "party"
}

answer := {"refused": refused, "documents": documents}
