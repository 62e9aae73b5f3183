// A sentence of a static_assert reaches the test that expects it.
// expect: a sentence that a user understands

template <typename T>
struct wrong {
  static_assert(sizeof(T) == 0, "a sentence that a user understands");
};

template struct wrong<int>;
