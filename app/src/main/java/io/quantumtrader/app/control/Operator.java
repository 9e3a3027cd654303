package io.quantumtrader.app.control;

import com.fasterxml.jackson.databind.JsonNode;
import io.quantumtrader.app.cli.CommandFailure;
import io.quantumtrader.app.cli.PipelineOptions;
import io.quantumtrader.app.cli.RunningPipeline;
import io.quantumtrader.app.cli.Wrap;
import io.quantumtrader.console.tap.RecordJson;
import io.quantumtrader.schemas.avro.Control;
import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.topic.Accounts;
import io.quantumtrader.schemas.topic.Symbols;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What the operator's commands have in common: where the pipeline is, and how they answer. */
final class Operator {

  @Mixin private PipelineOptions place = new PipelineOptions();

  @Option(names = "--json", description = "Print each record as one line of JSON.")
  private boolean json;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  private RunningPipeline pipeline;

  /**
   * Prints the control record of every key.
   *
   * @throws CommandFailure if they cannot be read
   */
  void show() {
    try {
      ControlTopic.Reading now = topic().read();
      now.passedOver().forEach(this::talk);
      if (now.last().isEmpty()) {
        talk("No control record has been written yet, which means REDUCING: closes only.");
      }
      now.last().values().forEach(this::print);
    } catch (KafkaException e) {
      throw unreachable(e);
    }
  }

  /**
   * Makes a change to the record of an account, or of all.
   *
   * @param account account; null for all
   * @param reason why; null for none
   * @return the record as it is now
   * @throws CommandFailure if it cannot be read or written
   */
  Control write(String account, String reason, BiFunction<ControlChange, Control, Control> change) {
    return change(account, reason, change).control();
  }

  /** Does the same, and says where on the topic the record lies. */
  ControlTopic.Written change(
      String account, String reason, BiFunction<ControlChange, Control, Control> change) {
    checkAccount(account);
    return changeUnder(account == null ? Accounts.ALL : account, reason, change);
  }

  /**
   * Makes a change to what is ordered of an account, or of all. What is ordered of all lies beside
   * the record that the old system's keys replace.
   *
   * @param account account; null or * for all
   * @throws CommandFailure if it cannot be read or written
   */
  ControlTopic.Written order(
      String account, String reason, BiFunction<ControlChange, Control, Control> change) {
    checkAccount(account);
    return changeUnder(PipelineBook.isAll(account) ? Accounts.ALL_ORDERS : account, reason, change);
  }

  private ControlTopic.Written changeUnder(
      String key, String reason, BiFunction<ControlChange, Control, Control> change) {
    // The wall clock is right here: an operator acts in it, and nothing decides by this time.
    long nowMs = System.currentTimeMillis();
    String why = reason == null ? "" : reason.strip();
    ControlChange made = new ControlChange(key, why, System.getProperty("user.name"), nowMs);
    try {
      ControlTopic topic = topic();
      ControlTopic.Reading before = topic.read();
      before.passedOver().forEach(this::talk);
      Control absent = made.absent(before.of(Accounts.ALL).isPresent());
      ControlTopic.Written written =
          topic.change(key, before, absent, base -> change.apply(made, base), nowMs);
      if (before.of(key).isEmpty() && !key.equals(Accounts.ALL_ORDERS)) {
        talk(
            "There was no control record for %s before; its trading state is %s now."
                .formatted(key, written.control().getTradingState()));
      }
      return written;
    } catch (KafkaException e) {
      throw unreachable(e);
    }
  }

  /** Returns a symbol in upper case, as instruments are named. */
  String symbol(String given) {
    String symbol = given.strip().toUpperCase(Locale.ROOT);
    if (!Symbols.isSymbol(symbol)) {
      throw usage("'" + given + "' is not a symbol; give one like BTCUSDT");
    }
    return symbol;
  }

  /** Returns the reason, which has to say something. */
  String reason(String given) {
    if (given == null || given.isBlank()) {
      throw usage("--reason TEXT must say why; it is recorded with the order");
    }
    return given;
  }

  /** Refuses anything that is not an account name; null and * mean all accounts. */
  void checkAccount(String account) {
    if (account != null && !account.equals(Accounts.ALL) && !Accounts.isName(account)) {
      throw usage("'" + account + "' is not an account name; use " + Accounts.RULE);
    }
  }

  /**
   * Refuses an account that the pipeline does not have; see {@link PipelineBook#requireAccount}.
   *
   * @throws CommandFailure if it is none of the pipeline's, or if they cannot be read
   */
  void requireAccount(String account) {
    checkAccount(account);
    if (PipelineBook.isAll(account) || pipeline().accounts().contains(account)) {
      return;
    }
    try (RecordSerdes serdes = pipeline().serdes()) {
      PipelineBook.read(pipeline(), serdes).requireAccount(account);
    } catch (KafkaException e) {
      throw unreachable(e);
    }
  }

  /** Returns where the pipeline is that the command is for, and says once which one it is. */
  RunningPipeline pipeline() {
    if (pipeline == null) {
      pipeline = place.pipeline();
      talk("Pipeline " + pipeline.describe() + ".");
    }
    return pipeline;
  }

  /** Returns whether answers are to be JSON. */
  boolean isJson() {
    return json;
  }

  private ControlTopic topic() {
    return new ControlTopic(pipeline().kafka(), pipeline().serdes());
  }

  /** Returns a failure of the control topic in one line. */
  static CommandFailure unreachable(KafkaException failure) {
    String why = Optional.ofNullable(failure.getMessage()).orElse(failure.toString());
    return new CommandFailure(
        "the control topic cannot be read or written: " + why.lines().findFirst().orElse(""),
        failure);
  }

  /** Prints a control record. */
  void print(Control control) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(RecordJson.of(control));
    } else {
      ControlText.lines(control).forEach(out::println);
    }
    out.flush();
  }

  /** Prints a line of data, as JSON or for people. */
  void print(JsonNode asJson, String asText) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(json ? asJson : asText);
    out.flush();
  }

  /** Says something that is no data. */
  void talk(String line) {
    PrintWriter err = spec.commandLine().getErr();
    Wrap.lines(line, "", "  ").forEach(err::println);
    err.flush();
  }

  /** Returns a mistake in how the command was given. */
  ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
