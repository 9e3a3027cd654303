package io.quantumtrader.console.letter;

import io.quantumtrader.console.order.OrderRefusedException;
import io.quantumtrader.schemas.deadletter.LetterPlace;

/** Looks at single dead letters, and sends their records again. */
public interface Letters {

  /**
   * Returns everything that is known of a letter.
   *
   * @throws OrderRefusedException if there is none at that place, or it cannot be read
   */
  LetterRow look(LetterPlace place);

  /**
   * Sends the record of a letter to its topic again and records that. It is there when this
   * returns; what comes of it is to be seen in what follows.
   *
   * @param by who does
   * @return what was done, in a sentence
   * @throws OrderRefusedException where it may not be sent, was sent before, or cannot be written
   */
  String replay(ReplayOrder order, String by);
}
