package io.quantumtrader.agents.onnx;

import java.nio.file.Path;

/** A file is not used as a model. Its message is one line. */
public final class ModelRefusedException extends Exception {

  private static final long serialVersionUID = 1;

  /**
   * Creates one.
   *
   * @param file the file
   * @param found what was found
   * @param needed what is needed instead
   */
  public ModelRefusedException(Path file, String found, String needed) {
    this(file, found, needed, null);
  }

  /**
   * Creates one with what it follows from.
   *
   * @param file the file
   * @param found what was found
   * @param needed what is needed instead
   * @param cause what it follows from
   */
  public ModelRefusedException(Path file, String found, String needed, Throwable cause) {
    super("model %s: found %s; needed %s".formatted(file, oneLine(found), oneLine(needed)), cause);
  }

  /** Libraries put line breaks into their messages. */
  private static String oneLine(String text) {
    return text.strip().replaceAll("\\s+", " ");
  }
}
