package io.quantumtrader.app.parts;

import java.util.Optional;

/** How far a part is on its way to be ready. */
public interface StartProgress {

  /** Returns whether it is ready. */
  boolean isReady();

  /** Returns why it will not be, where that is known. */
  Optional<Throwable> failure();

  /**
   * Returns where it stands, in words: what it waits for, and how much of it is done. Another text
   * than before means that something has moved.
   */
  String where();
}
