package io.quantumtrader.compose.up;

import io.quantumtrader.app.cli.ClientOptions;
import io.quantumtrader.app.console.ConsoleOptions;
import io.quantumtrader.app.metrics.MetricsOptions;
import io.quantumtrader.app.parts.ExchangeAccess;
import io.quantumtrader.app.parts.ExecutorOptions;
import io.quantumtrader.app.parts.PaperOptions;
import io.quantumtrader.app.parts.PartitionOptions;
import io.quantumtrader.app.service.SignalStream;
import io.quantumtrader.compose.StackPart;
import io.quantumtrader.connectors.legacy.LegacyContract;
import io.quantumtrader.connectors.legacy.SourceSettings;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.policy.Policies;
import io.quantumtrader.topology.Tuning;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The options of `quantum up`, as given. */
final class UpOptions {

  @ArgGroup(exclusive = false, heading = "%nMarket:%n")
  Market market = new Market();

  @ArgGroup(exclusive = false, heading = "%nParts and addresses:%n")
  Parts parts = new Parts();

  @ArgGroup(exclusive = false, heading = "%nClients of servers that are not embedded:%n")
  ClientOptions client = new ClientOptions();

  @ArgGroup(exclusive = false, heading = "%nNew topics:%n")
  PartitionOptions partitions = new PartitionOptions();

  @ArgGroup(exclusive = false, heading = "%nPaper exchange:%n")
  PaperOptions paper = new PaperOptions();

  @ArgGroup(exclusive = false, heading = "%nExecutor:%n")
  ExecutorOptions executor = new ExecutorOptions();

  @ArgGroup(exclusive = false, heading = "%nExchange:%n")
  Exchange exchange = new Exchange();

  static final class Exchange extends ExchangeAccess {
    @Option(
        names = "--exchange",
        paramLabel = "NAME",
        defaultValue = "paper",
        description = {
          "paper: the exchange is part of the executor. twin: a server in this process with the",
          "interfaces of Binance USD-M futures, at the generated market's prices. demo: Binance's",
          "environment for trials, with its market in place of the generated one. Real money",
          "(binance) is for ./quantum service executor. Default: paper."
        })
    private Kind kind;

    @Override
    public Kind kind() {
      return kind;
    }
  }

  /** What a command starts it for, where it is not {@code up}. */
  Optional<OneTrade> oneTrade = Optional.empty();

  /** Returns the default policy of new topics, made at this time, epoch milliseconds UTC. */
  Policy firstPolicy(long nowMs) {
    return oneTrade.map(only -> only.policy(nowMs)).orElseGet(() -> Policies.initial(nowMs));
  }

  @ArgGroup(exclusive = false, heading = "%nOutput:%n")
  Output output = new Output();

  @ArgGroup(exclusive = false, heading = "%nPage:%n")
  ConsoleOptions console = new ConsoleOptions();

  @ArgGroup(exclusive = false, heading = "%nMetrics:%n")
  MetricsOptions metrics = new MetricsOptions();

  static final class Market {
    @Option(
        names = "--candles",
        paramLabel = "FILE",
        description =
            "Replay candles instead of a generated market: CSV or JSON, plain, gz or zip, as klines"
                + " are published, or a directory of them. May be given more than once.")
    List<Path> candles = List.of();

    @Option(
        names = "--symbol",
        paramLabel = "S",
        description =
            "Symbol of the candles, for one file whose name and rows do not say it, for example"
                + " BTCUSDT.")
    String symbol;

    /** Returns the symbol that was given, as exchanges list it. */
    String givenSymbol() {
      return symbol.strip().toUpperCase(Locale.ROOT);
    }

    @Option(
        names = "--speed",
        paramLabel = "1|N|max",
        converter = Speed.Converter.class,
        defaultValue = "1",
        description =
            "Speed of the file's event time; max replays as fast as everything keeps"
                + " up. Default: 1.")
    Speed speed;

    @Option(
        names = "--interval",
        paramLabel = "SECONDS",
        defaultValue = "1",
        description = "Wall time between generated candles of a symbol, seconds. Default: 1.")
    double intervalSeconds;

    @Option(
        names = "--seed",
        paramLabel = "N",
        defaultValue = "42",
        description = "Seed of the generated market. Default: 42.")
    long seed;

    @Option(
        names = "--symbols",
        paramLabel = "NAME",
        split = ",",
        description = {
          "Contracts to feed with --exchange demo: ten or more, or the first entries wait an hour",
          "for the first list of what may be opened. Default: all perpetual ones in USDT."
        })
    List<String> symbols = List.of();

    @Option(
        names = "--intents",
        paramLabel = "FILE",
        description = "Also send intents from a file of JSON lines.")
    Path intents;

    Duration interval() {
      return Duration.ofNanos(Math.round(intervalSeconds * 1e9));
    }
  }

  static final class Parts {
    @Option(
        names = "--without",
        paramLabel = "PART",
        split = ",",
        description = "Parts to leave out: ${COMPLETION-CANDIDATES}.")
    List<Part> without = List.of();

    @Option(
        names = "--bootstrap-servers",
        paramLabel = "HOST:PORT",
        description = "Use this Kafka instead of an embedded one.")
    String bootstrapServers;

    @Option(
        names = "--schema-registry",
        paramLabel = "URL",
        description = "Use this Schema Registry (Confluent's REST API) instead of an embedded one.")
    String schemaRegistry;

    @Option(
        names = "--redis",
        paramLabel = "URI",
        description = "Use this Redis (redis://host:port) instead of an embedded one.")
    String redis;

    @Option(
        names = "--redis-prefix",
        paramLabel = "PREFIX",
        defaultValue = "quantum:",
        description =
            "Prefix of Redis keys, for example quantum:shadow: beside the old services."
                + " Default: quantum:")
    String redisPrefix;

    @Option(
        names = SignalStream.OPTION,
        split = ",",
        paramLabel = SignalStream.LABEL,
        description = SignalStream.DESCRIPTION)
    List<SignalStream> signals = List.of();

    /** Returns what the source connector is given. */
    Map<String, String> sourceConfiguration(String redisUri, String registryUrl) {
      return LegacyContract.sourceConfiguration(
          SourceSettings.of(redisUri, registryUrl)
              .withKeyPrefix(redisPrefix)
              .withStreamsOn(SignalStream.names(signals)));
    }

    @Option(
        names = "--tuning",
        paramLabel = "latency|throughput",
        defaultValue = "latency",
        description =
            "What the stages are tuned for: commits every 10 ms, or every 100 ms and in larger"
                + " batches. Default: latency.")
    Tuning tuning;

    @Option(
        names = "--data",
        paramLabel = "DIR",
        description =
            "Keep the embedded stack's data in this directory, which is for one market. Needed to"
                + " trade on --exchange demo, where positions stay. Default: a temporary directory.")
    Path data;

    @Option(
        names = "--kafka-port",
        paramLabel = "PORT",
        description =
            "Port of the embedded broker, 1 to 65535. With --data it is remembered there for the"
                + " next start, as the three below are; 0 forgets it. Default: a free one.")
    Integer kafkaPort;

    @Option(
        names = "--registry-port",
        paramLabel = "PORT",
        description = "Port of the embedded Schema Registry. Default: a free one.")
    Integer registryPort;

    @Option(
        names = "--redis-port",
        paramLabel = "PORT",
        description = "Port of the embedded Redis. Default: a free one.")
    Integer redisPort;

    @Option(
        names = "--connect-port",
        paramLabel = "PORT",
        description = "Port of the embedded Kafka Connect's REST interface. Default: a free one.")
    Integer connectPort;

    /** Returns the ports that were given, by the part that is to listen there. */
    Map<StackPart, Integer> ports() {
      Map<StackPart, Integer> given = new EnumMap<>(StackPart.class);
      put(StackPart.BROKER, kafkaPort, given);
      put(StackPart.REGISTRY, registryPort, given);
      put(StackPart.REDIS, redisPort, given);
      put(StackPart.CONNECT, connectPort, given);
      return given;
    }

    private static void put(StackPart part, Integer port, Map<StackPart, Integer> given) {
      if (port != null) {
        given.put(part, port);
      }
    }

    Set<Part> leftOut() {
      return without.isEmpty() ? EnumSet.noneOf(Part.class) : EnumSet.copyOf(without);
    }
  }

  static final class Output {
    @Option(
        names = "--until-drained",
        description =
            "End when the file has been replayed and everything that follows from it"
                + " has been done.")
    boolean untilDrained;

    @Option(names = "--json", description = "Print the summary as one JSON object.")
    boolean json;

    @Option(
        names = "--dump",
        paramLabel = "DIR",
        description = "Write every topic, and Redis, as JSON lines into this directory.")
    Path dump;
  }
}
