package io.quantumtrader.app.importing;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lettuce.core.RedisException;
import io.quantumtrader.app.cli.CommandFailure;
import io.quantumtrader.app.cli.PipelineOptions;
import io.quantumtrader.app.cli.RedisAccess;
import io.quantumtrader.app.cli.RunningPipeline;
import io.quantumtrader.app.cli.Wrap;
import io.quantumtrader.connectors.importing.AccountTopics;
import io.quantumtrader.connectors.importing.Adoption;
import io.quantumtrader.connectors.importing.FoundPosition;
import io.quantumtrader.connectors.importing.FoundPosition.Open;
import io.quantumtrader.connectors.importing.FoundPosition.Skipped;
import io.quantumtrader.connectors.importing.OldPositions;
import io.quantumtrader.connectors.importing.Trusted;
import io.quantumtrader.console.tap.RecordJson;
import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.ExchangePosition;
import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.topic.Accounts;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Takes the open positions of the old system over from its Redis keys. */
@Command(
    name = "redis",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Take over the open positions in the hashes {prefix}state:positions:*, once.",
      "They become an exchange account and one adopted fill each; the ledger finds risk data for"
          + " them. Do this before the executor runs for the first time: from then on it keeps its",
      "own account. The Redis user and password come from the environment: QUANTUM_REDIS_USERNAME,",
      "QUANTUM_REDIS_PASSWORD."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every open position was taken over",
      "1:none was, and nothing was written",
      "2:the command line is wrong",
      "3:some were, others were skipped"
    },
    footer = {
      "",
      "Example:",
      "  ./quantum up --data data --without executor,agent           (in another window)",
      "  ./quantum import redis --redis redis://127.0.0.1:6379 --dry-run",
      "  ./quantum import redis --redis redis://127.0.0.1:6379",
    })
final class ImportRedisCommand implements Callable<Integer> {

  @Option(
      names = "--redis",
      paramLabel = "URI",
      required = true,
      description = "Redis of the old system, redis://host:port/database; it is only read.")
  private String redis;

  @Option(
      names = "--prefix",
      paramLabel = "TEXT",
      defaultValue = "quantum:",
      description = "Prefix of its keys. Default: quantum:")
  private String prefix;

  @Option(
      names = "--account",
      paramLabel = "NAME",
      defaultValue = Accounts.MAIN,
      description = "Account that takes over the positions. Default: main.")
  private String account;

  @Option(
      names = "--wallet",
      paramLabel = "USD",
      description = "Its wallet balance. Default: balance_usd of {prefix}state:portfolio.")
  private BigDecimal wallet;

  @Option(
      names = "--max-age",
      paramLabel = "S",
      defaultValue = "3600",
      description =
          "Skip positions written longer ago than this, seconds; 0: skip none. Default: 3600.")
  private long maxAgeSeconds;

  @Option(
      names = "--trust",
      paramLabel = "position|ledger",
      defaultValue = "neither",
      description = {
        "Which holds where {prefix}state:positions and {prefix}position:ledger say different"
            + " amounts. Default: neither, such a position is skipped and shown with both."
      })
  private Trusted trusted;

  @Option(names = "--dry-run", description = "Say what would be written, and write nothing.")
  private boolean dryRun;

  @Option(
      names = "--force",
      description =
          "Write even if the account has a ledger or an exchange record; symbols in which it has"
              + " a position are left alone.")
  private boolean force;

  @Mixin private PipelineOptions place = new PipelineOptions();

  @Option(names = "--json", description = "Print what was read, skipped and written as JSON.")
  private boolean json;

  @Spec private CommandSpec spec;

  /** Exit code where no position was taken over: nothing was written. */
  private static final int NOTHING_TAKEN = 1;

  /** Exit code where some open positions were taken over and others were not. */
  private static final int PART_TAKEN = 3;

  /** What goes where. */
  private record Sorted(List<Open> taken, List<Skipped> skipped) {}

  @Override
  public Integer call() {
    check();
    RunningPipeline pipeline = place.pipeline();
    Wrap.lines("Pipeline " + pipeline.describe() + ".", "", "  ")
        .forEach(spec.commandLine().getErr()::println);
    long nowMs = System.currentTimeMillis();
    try (OldPositions old = old();
        RecordSerdes serdes = pipeline.serdes()) {
      AccountTopics topics = new AccountTopics(pipeline.kafka(), serdes);
      AccountTopics.Known known = topics.read(account);
      refuseKnown(known);
      List<FoundPosition> found =
          inSteps(
              old.read(trusted, maxAgeSeconds == 0 ? 0 : nowMs - maxAgeSeconds * 1000),
              topics.steps());
      Sorted sorted = sort(found, known);
      if (sorted.taken().isEmpty()) {
        // An empty account record would stand in the way of the next try.
        print(found.size(), sorted, Optional.empty());
        return NOTHING_TAKEN;
      }
      BigDecimal balance = wallet(known, old);
      Adoption adoption = Adoption.of(account, balance, known.exchange(), sorted.taken(), nowMs);
      if (!dryRun) {
        topics.write(adoption, nowMs);
      }
      print(found.size(), sorted, Optional.of(adoption));
      return sorted.skipped().stream().allMatch(ImportRedisCommand::isFlat) ? 0 : PART_TAKEN;
    } catch (RedisException e) {
      throw new CommandFailure("Redis at " + address() + " cannot be read: " + line(e), e);
    } catch (KafkaException e) {
      throw new CommandFailure("the account's topics cannot be read or written: " + line(e), e);
    }
  }

  private static List<FoundPosition> inSteps(
      List<FoundPosition> found, Map<String, BigDecimal> steps) {
    return found.stream()
        .map(
            each ->
                each instanceof Open open && steps.containsKey(open.position().getSymbol())
                    ? open.inSteps(steps.get(open.position().getSymbol()))
                    : each)
        .toList();
  }

  private static boolean isFlat(Skipped skipped) {
    return skipped.reason().equals("FLAT");
  }

  private void check() {
    if (!Accounts.isName(account)) {
      throw usage("'" + account + "' is not an account name; use " + Accounts.RULE);
    }
    if (redis.contains("@")) {
      throw usage("--redis must not hold a password: set QUANTUM_REDIS_PASSWORD");
    }
    if (wallet != null && wallet.signum() <= 0) {
      throw usage("--wallet must be above 0");
    }
    if (maxAgeSeconds < 0) {
      throw usage("--max-age must be 0 or more");
    }
  }

  private OldPositions old() {
    try {
      return new OldPositions(RedisAccess.at(redis, place.config()), prefix);
    } catch (ConfigException wrong) {
      throw usage("--redis must be an address like redis://127.0.0.1:6379: " + line(wrong));
    }
  }

  private void refuseKnown(AccountTopics.Known known) {
    if (force || (known.exchange().isEmpty() && known.rows().isEmpty())) {
      return;
    }
    throw new CommandFailure(
        "account %s already has %s; import only into one that never traded here, or use --force"
            .formatted(
                account,
                known.exchange().isPresent()
                    ? "an exchange record"
                    : "a ledger of " + known.rows().size()));
  }

  private static Sorted sort(List<FoundPosition> found, AccountTopics.Known known) {
    List<Open> taken = new ArrayList<>();
    List<Skipped> skipped = new ArrayList<>();
    for (FoundPosition each : found) {
      switch (each) {
        case Skipped none -> skipped.add(none);
        case Open open -> {
          if (known.open().contains(open.position().getSymbol())) {
            skipped.add(
                new Skipped(
                    open.key(),
                    "ALREADY_OPEN",
                    "the ledger already has a position in this symbol"));
          } else {
            taken.add(open);
          }
        }
      }
    }
    return new Sorted(taken, skipped);
  }

  private BigDecimal wallet(AccountTopics.Known known, OldPositions old) {
    if (wallet != null) {
      return wallet;
    }
    return known
        .exchange()
        .map(ExchangeAccount::getWallet)
        .or(old::wallet)
        .orElseThrow(this::noWallet);
  }

  private CommandFailure noWallet() {
    return new CommandFailure(
        prefix + "state:portfolio has no balance_usd; give the wallet balance with --wallet");
  }

  private void print(int read, Sorted sorted, Optional<Adoption> adoption) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(toJson(read, sorted, adoption));
      return;
    }
    for (Open open : sorted.taken()) {
      ExchangePosition position = open.position();
      out.println(
          "%s  %s %s at %s, leverage %d"
              .formatted(
                  position.getSymbol(),
                  position.getSide(),
                  RecordJson.plain(position.getQuantity()),
                  RecordJson.plain(position.getEntryPrice()),
                  position.getLeverage()));
    }
    for (Skipped none : sorted.skipped()) {
      out.println("skipped %s: %s, %s".formatted(none.key(), none.reason(), none.text()));
    }
    out.println(
        "%d keys read, %d skipped, %d positions %s for account %s%s"
            .formatted(
                read,
                sorted.skipped().size(),
                sorted.taken().size(),
                dryRun ? "would be written" : "written",
                account,
                adoption
                    .map(each -> ", wallet " + RecordJson.plain(each.exchange().getWallet()))
                    .orElse("; nothing was changed")));
  }

  private ObjectNode toJson(int read, Sorted sorted, Optional<Adoption> adoption) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("account", account);
    node.put("dryRun", dryRun);
    node.put("read", read);
    node.put("written", dryRun ? 0 : sorted.taken().size());
    ArrayNode skipped = node.putArray("skipped");
    for (Skipped none : sorted.skipped()) {
      ObjectNode row = skipped.addObject();
      row.put("key", none.key());
      row.put("reason", none.reason());
      row.put("text", none.text());
    }
    adoption.ifPresent(each -> node.set("exchangeAccount", RecordJson.of(each.exchange())));
    return node;
  }

  private String address() {
    return redis.replaceFirst("^rediss?://", "");
  }

  private static String line(Exception failure) {
    Throwable cause =
        failure.getCause() != null && !(failure instanceof SerializationException)
            ? failure.getCause()
            : failure;
    return String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
