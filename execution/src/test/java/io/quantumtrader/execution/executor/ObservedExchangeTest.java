package io.quantumtrader.execution.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.execution.exchange.Acknowledgement;
import io.quantumtrader.execution.exchange.Acknowledgement.Refused;
import io.quantumtrader.execution.exchange.Exchange;
import io.quantumtrader.execution.exchange.MarketLink;
import io.quantumtrader.execution.exchange.MarketOrder;
import io.quantumtrader.execution.exchange.OrderOutcome;
import io.quantumtrader.execution.exchange.OrderOutcome.Rejected;
import io.quantumtrader.execution.exchange.ProtectiveOrder;
import io.quantumtrader.execution.exchange.ProtectiveOrder.Kind;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.reason.ReasonCode;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An exchange that is only looked at, method by method: one that is added is held to it, too. */
final class ObservedExchangeTest {

  /** What only looks, and changes nothing on an exchange. Every other method has to be refused. */
  private static final Set<String> LOOKS =
      Set.of(
          "marketLink",
          "receiveWindowMs",
          "accounts",
          "query",
          "protection",
          "account",
          "instruments",
          "instrument");

  private static final BigDecimal ONE = BigDecimal.ONE;

  private static final Map<Class<?>, Object> ARGUMENTS =
      Map.of(
          String.class,
          "main",
          int.class,
          5,
          long.class,
          1L,
          Duration.class,
          Duration.ofMinutes(1),
          MarketOrder.class,
          new MarketOrder("main", "BTCUSDT", OrderSide.BUY, ONE, true, "id", 1L),
          ProtectiveOrder.class,
          new ProtectiveOrder("main", "BTCUSDT", OrderSide.SELL, Kind.STOP, ONE, "id", 1L));

  private static final Map<Class<?>, Object> ANSWERS =
      Map.of(
          MarketLink.class,
          new RemoteLink(),
          long.class,
          16_000L,
          List.class,
          List.of(),
          Optional.class,
          Optional.empty(),
          OrderOutcome.class,
          new OrderOutcome.Unknown(),
          Acknowledgement.class,
          new Acknowledgement.Done());

  private final List<String> reached = new ArrayList<>();
  private final Exchange observed =
      new ObservedExchange(
          (Exchange)
              Proxy.newProxyInstance(
                  Exchange.class.getClassLoader(),
                  new Class<?>[] {Exchange.class},
                  (self, method, arguments) -> {
                    reached.add(method.getName());
                    return ANSWERS.get(method.getReturnType());
                  }));

  private static Stream<Method> methods() {
    return Arrays.stream(Exchange.class.getMethods());
  }

  static Stream<Method> changes() {
    return methods().filter(method -> !LOOKS.contains(method.getName()));
  }

  static Stream<Method> looks() {
    return methods().filter(method -> LOOKS.contains(method.getName()));
  }

  private Object call(Method method) throws ReflectiveOperationException {
    Object[] arguments =
        Arrays.stream(method.getParameterTypes()).map(ARGUMENTS::get).toArray(Object[]::new);
    assertThat(arguments).as("an argument of each type").doesNotContainNull();
    return method.invoke(observed, arguments);
  }

  @ParameterizedTest
  @MethodSource("changes")
  void shouldRefuseWhatChangesSomethingAndNotPassItOn(Method method)
      throws ReflectiveOperationException {
    // when
    Object answer = call(method);

    // then
    ReasonCode code =
        answer instanceof Rejected rejected ? rejected.code() : ((Refused) answer).code();
    assertThat(code).isEqualTo(ReasonCode.EXECUTOR_OBSERVES);
    assertThat(reached).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("looks")
  void shouldPassOnWhatOnlyLooks(Method method) throws ReflectiveOperationException {
    // when
    Object answer = call(method);

    // then
    assertThat(answer).isEqualTo(ANSWERS.get(method.getReturnType()));
    assertThat(reached).containsExactly(method.getName());
  }

  @Test
  void shouldHaveSomethingToRefuseAndToPassOn() {
    assertThat(changes()).hasSizeGreaterThan(5);
    assertThat(looks()).hasSameSizeAs(LOOKS);
  }
}
