package io.quantumtrader.topology.decision;

import io.quantumtrader.schemas.reason.ReasonCode;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a gate makes of what it was asked for.
 *
 * @param <T> what is granted
 */
public sealed interface GateResult<T> {

  /** It ends here. */
  record Denied<T>(Finding why) implements GateResult<T> {}

  /** It goes on. */
  record Granted<T>(T value) implements GateResult<T> {}

  static <T> GateResult<T> denied(Finding why) {
    return new Denied<>(why);
  }

  static <T> GateResult<T> denied(ReasonCode code, Numbers numbers) {
    return new Denied<>(new Finding(code, numbers));
  }

  static <T> GateResult<T> granted(T value) {
    return new Granted<>(value);
  }

  /** Returns what goes on from here, or the same denial. */
  default <U> GateResult<U> then(Function<T, GateResult<U>> next) {
    return fold(GateResult::denied, next);
  }

  /** Returns what follows, be it denied or granted. */
  default <R> R fold(Function<Finding, R> ifDenied, Function<T, R> ifGranted) {
    return switch (this) {
      case Denied<T> no -> ifDenied.apply(no.why());
      case Granted<T> yes -> ifGranted.apply(yes.value());
    };
  }

  /** Returns why it was denied, or empty where it was granted. */
  default Optional<Finding> denial() {
    return this instanceof Denied<T> no ? Optional.of(no.why()) : Optional.empty();
  }
}
