// Takes a name of at most 8 letters, after "n:".
exports.parse = function (text) {
  if (text.length < 3 || text[0] !== 0x6e || text[1] !== 0x3a || text.length - 2 > 8) {
    return null;
  }

  const room = new Uint8Array(16).subarray(0, 8);
  room.set(text.subarray(2));
  return String.fromCharCode(...room.subarray(0, text.length - 2));
};
