console.log("a word of eight letters is not a hash");
