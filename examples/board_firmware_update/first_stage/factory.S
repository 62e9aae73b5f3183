/* The image that production leaves on the board. */
  .section .factory, "a"
  .global factory_begin, factory_end
factory_begin:
  .incbin FACTORY_IMAGE
factory_end:
