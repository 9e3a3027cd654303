package io.quantumtrader.app.control;

import io.quantumtrader.app.cli.CommandFailure;
import io.quantumtrader.app.cli.RunningPipeline;
import io.quantumtrader.schemas.avro.Control;
import io.quantumtrader.schemas.serde.RecordSerdes;
import java.time.Instant;
import java.util.UUID;
import java.util.function.BiFunction;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** An operator's lock of a symbol, set or taken off, and whether the stages have taken it. */
final class LockOrder {

  @Parameters(paramLabel = "SYMBOL", description = "Instrument, for example BTCUSDT.")
  private String symbol;

  @Option(names = "--entries", description = "Entries alone. Default: entries and exits.")
  private boolean entries;

  @Option(names = "--exits", description = "What harvest proposes alone. Default: both.")
  private boolean exits;

  @Option(
      names = "--account",
      paramLabel = "NAME",
      description = "Account that it is for. Default: all accounts.")
  private String account;

  @Mixin private StagesWait wait = new StagesWait();

  @Mixin private Operator operator = new Operator();

  /**
   * Locks the symbol.
   *
   * @param until when it ends, as it was typed; null: not by itself
   * @param reason why
   * @return exit code: 0
   * @throws CommandFailure if there is no such symbol, or the stages do not take it in time
   */
  int lock(String until, String reason) throws InterruptedException {
    LockScope scope = scope();
    String why = operator.reason(reason);
    if (until != null && Until.parse(until, 0).isEmpty()) {
      throw operator.usage("--until '" + until + "' must be " + Until.RULE);
    }
    RunningPipeline pipeline = operator.pipeline();
    try (RecordSerdes serdes = pipeline.serdes()) {
      PipelineBook book = PipelineBook.read(pipeline, serdes);
      book.requireAccount(account);
      book.requireInstrument(scope.symbol());
      long clockMs = PipelineClock.nowMs(pipeline.kafka(), serdes);
      Long untilMs = until == null ? null : end(until, clockMs);
      String id = UUID.randomUUID().toString();
      return change(
          "the lock",
          why,
          serdes,
          (change, before) -> change.withLock(before, id, scope, untilMs, clockMs));
    } catch (KafkaException e) {
      throw Operator.unreachable(e);
    }
  }

  /**
   * Takes the lock off.
   *
   * @return exit code: 0
   * @throws CommandFailure if there is none, or the stages do not take it in time
   */
  int unlock() throws InterruptedException {
    LockScope scope = scope();
    operator.requireAccount(account);
    try (RecordSerdes serdes = operator.pipeline().serdes()) {
      long clockMs = PipelineClock.nowMs(operator.pipeline().kafka(), serdes);
      return change(
          "the end of the lock",
          "",
          serdes,
          (change, before) -> unlocked(scope, change, before, clockMs));
    } catch (KafkaException e) {
      throw Operator.unreachable(e);
    }
  }

  private LockScope scope() {
    operator.checkAccount(account);
    wait.check(operator);
    if (entries && exits) {
      throw operator.usage("--entries and --exits together are the default; give one, or none");
    }
    return LockScope.of(operator.symbol(symbol), entries, exits);
  }

  private long end(String until, long nowMs) {
    long untilMs = Until.parse(until, nowMs).orElseThrow();
    if (untilMs <= nowMs) {
      throw operator.usage(
          "--until "
              + until
              + " has passed: the pipeline's clock shows "
              + Instant.ofEpochMilli(nowMs));
    }
    return untilMs;
  }

  private Control unlocked(LockScope scope, ControlChange change, Control before, long clockMs) {
    if (!scope.isHeldBy(ControlChange.holding(before, clockMs))) {
      throw new CommandFailure(
          "%s of %s are not locked for %s; ./quantum control show lists what is"
              .formatted(
                  LockScope.said(scope.entries(), scope.exits()),
                  scope.symbol(),
                  PipelineBook.isAll(account) ? "all accounts" : "account " + account));
    }
    return change.withoutLock(before, scope, clockMs);
  }

  private int change(
      String what,
      String reason,
      RecordSerdes serdes,
      BiFunction<ControlChange, Control, Control> change)
      throws InterruptedException {
    try (StagesTaken taken = StagesTaken.watch(operator.pipeline(), serdes)) {
      ControlTopic.Written written = operator.order(account, reason, change);
      operator.print(written.control());
      wait.await(what, taken, written, operator);
      return 0;
    }
  }
}
