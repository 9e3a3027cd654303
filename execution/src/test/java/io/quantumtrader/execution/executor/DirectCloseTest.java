package io.quantumtrader.execution.executor;

import static io.quantumtrader.execution.executor.CrashWorld.BTC;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.execution.emergency.DirectClose;
import io.quantumtrader.execution.emergency.DirectFlatten;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.ExitTrigger;
import io.quantumtrader.schemas.avro.ResultOrigin;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What was closed at the exchange itself, while nothing else ran, is booked as what it was. */
final class DirectCloseTest {

  private static final long GOOD_FOR_MS = 600_000;

  /**
   * Enough for plans to be answered, for a look at the account and for what streams did not tell.
   */
  private static final int STEPS = 40;

  private CrashWorld world;
  private int number;

  @BeforeEach
  void begin() throws IOException {
    world = new CrashWorld(7);
    world.step();
    enter("main");
    enter("second");
    settle();
  }

  @AfterEach
  void end() {
    world.close();
  }

  private void enter(String account) {
    world.plan(
        WorldPlans.granted(WorldPlans.entry(++number, account, BTC), world.nowMs(), GOOD_FOR_MS));
  }

  private void settle() {
    for (int step = 0; step < STEPS; step++) {
      world.step();
    }
    WorldChecks.assertSound(world);
  }

  private static List<DirectClose> closeAll(DirectFlatten flatten, String account) {
    try {
      return flatten.close(
          account, flatten.open(account, Optional.empty()).orElseThrow(), told -> {});
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void shouldBookWhatWasClosedWithoutItWhenItIsBack() {
    // when: one account is closed
    world.whileDown(
        exchange -> {
          DirectFlatten flatten = new DirectFlatten(exchange, world::nowMs, () -> {});
          assertThat(closeAll(flatten, "main")).singleElement().matches(DirectClose::flat);
        });
    settle();

    // then: the other account is as before
    assertThat(world.booked("main", BTC)).isZero();
    assertThat(world.booked("second", BTC)).isPositive();
    assertThat(world.results())
        .filteredOn(each -> each.getOrigin() == ResultOrigin.MANUAL)
        .singleElement()
        .matches(each -> each.getAccount().equals("main"))
        .extracting(ApplyResult::getTrigger)
        .isEqualTo(ExitTrigger.MANUAL_CLOSE);
    enter("main");
    settle();
    assertThat(world.booked("main", BTC)).isPositive();
  }
}
