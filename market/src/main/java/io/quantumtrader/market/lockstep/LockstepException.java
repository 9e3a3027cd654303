package io.quantumtrader.market.lockstep;

import java.util.List;

/** The pipeline did not get done; the message names who lags where and by how much. */
public final class LockstepException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private static final int NAMED = 8;

  LockstepException(String wait, String why, List<Outstanding> outstanding) {
    super("waiting for the pipeline " + wait + ": " + why + "; outstanding: " + named(outstanding));
  }

  private static String named(List<Outstanding> outstanding) {
    List<String> first = outstanding.stream().limit(NAMED).map(Object::toString).toList();
    int more = outstanding.size() - first.size();
    return String.join(", ", first) + (more > 0 ? " and " + more + " more" : "");
  }
}
