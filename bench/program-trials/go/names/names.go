package names

// Parse takes a name of at most 8 letters.
func Parse(text []byte) (string, bool) {
	var room [16]byte
	if len(text) < 3 || text[0] != 'n' || text[1] != ':' || len(text)-2 > 8 {
		return "", false
	}
	n := copy(room[:8], text[2:])
	return string(room[:n]), true
}
