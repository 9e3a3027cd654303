package io.quantumtrader.compose.up;

import io.quantumtrader.app.cli.Screen;
import io.quantumtrader.compose.Progress;
import io.quantumtrader.compose.StackPart;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** Shows how the start of the stack goes. */
final class StackScreen implements Progress {

  private final Screen screen;
  private final BooleanSupplier stopping;
  private final Set<StackPart> starting = EnumSet.noneOf(StackPart.class);

  /**
   * Creates it.
   *
   * @param stopping whether the start is being ended: what fails then has not failed by itself
   */
  StackScreen(Screen screen, BooleanSupplier stopping) {
    this.screen = screen;
    this.stopping = stopping;
  }

  @Override
  public void started(StackPart part) {
    starting.add(part);
    showStarting();
  }

  @Override
  public void ready(StackPart part, String address, Duration took) {
    starting.remove(part);
    screen.done(String.format("%-16s %s", part.title(), address), took);
    showStarting();
  }

  @Override
  public void failed(StackPart part, String reason, Duration took) {
    if (stopping.getAsBoolean()) {
      return;
    }
    screen.failed(part.title() + " did not start: " + reason);
  }

  private void showStarting() {
    if (!starting.isEmpty() && !stopping.getAsBoolean()) {
      screen.status(
          "starting "
              + starting.stream().map(StackPart::title).collect(Collectors.joining(", "))
              + " ...");
    }
  }
}
