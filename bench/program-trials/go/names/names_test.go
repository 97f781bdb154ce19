package names

import "testing"

func FuzzParse(f *testing.F) {
	f.Add([]byte("n:ann"))
	f.Fuzz(func(t *testing.T, text []byte) { Parse(text) })
}
