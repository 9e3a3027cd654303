package io.quantumtrader.app.service;

import io.quantumtrader.app.cli.CommandFailure;
import io.quantumtrader.app.cli.RedisAccess;
import io.quantumtrader.app.cli.Screen;
import io.quantumtrader.app.console.Console;
import io.quantumtrader.app.console.ConsoleOptions;
import io.quantumtrader.app.console.RedisPing;
import io.quantumtrader.app.metrics.HealthGauges;
import io.quantumtrader.app.metrics.MetricsOptions;
import io.quantumtrader.app.metrics.Monitoring;
import io.quantumtrader.app.parts.Endpoints;
import io.quantumtrader.app.parts.RunningParts;
import io.quantumtrader.connectors.redis.write.RedisEndpoint;
import io.quantumtrader.console.tap.CaughtUp;
import io.quantumtrader.console.tap.TopicTail;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.config.ConfigException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The console: the page, and everything that it shows as an HTTP interface. */
@Command(
    name = "console",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    defaultValueProvider = EnvironmentDefaults.class,
    description = {
      "Run the console: a page to watch the pipeline on, and its interface. That is JSON, CSV and",
      "events, described at /api/openapi.json. It reads committed topics alone. Without a token",
      "file it takes no orders. It also applies scheduled changes of the policy when they are due;",
      "several consoles apply each once."
    },
    footer = {
      "",
      "Example:",
      "  ./quantum service console --bootstrap-servers kafka:9092 \\",
      "      --console-token-file /run/secrets/console-token"
    })
final class ConsoleCommand implements Callable<Integer> {

  @Mixin private PlaceOptions place = new PlaceOptions();

  @Mixin private ConsoleOptions console = new ConsoleOptions();

  @Option(
      names = "--redis-uri",
      paramLabel = "URI",
      description = "Redis, to be told where it does not answer. Default: none is asked.")
  private String redisUri;

  @Mixin private MetricsOptions metrics = new MetricsOptions();

  @Mixin private HealthFile health = new HealthFile();

  @Override
  public Integer call() throws IOException {
    String token = console.tokenOrNone();
    return ServiceRun.run("console", health, (parts, onFailure) -> start(token, parts, onFailure));
  }

  private BooleanSupplier start(String token, RunningParts parts, Consumer<Throwable> onFailure) {
    Optional<Monitoring> monitoring = metrics.open(Screen.ofProcess(), parts);
    Endpoints endpoints = place.endpoints();
    Admin admin = parts.add("admin client", Admin.create(endpoints.kafka()));
    AtomicReference<CaughtUp> caughtUp = new AtomicReference<>();
    Optional<RedisPing> redis =
        Optional.ofNullable(redisUri)
            .map(uri -> parts.add("Redis client", RedisPing.of(endpoint(uri, endpoints))));
    Console shown =
        Console.open(
            console,
            token,
            endpoints,
            redis.map(ping -> ping),
            () -> caughtUp.get() != null && caughtUp.get().isThere());
    parts.add("console", shown);
    TopicTail tail =
        parts.add("tap", new TopicTail(endpoints.kafka(), endpoints.serdes(), shown::take));
    caughtUp.set(new CaughtUp(tail, admin));
    tail.start();
    Screen.ofProcess().line("  console    " + shown.url());
    monitoring.ifPresent(
        open -> {
          HealthGauges.show(open, shown::health);
          open.health().check("console", () -> tail.failure().map(Throwable::getMessage));
          open.started();
        });
    return () -> isReading(tail, onFailure);
  }

  private static boolean isReading(TopicTail tail, Consumer<Throwable> onFailure) {
    tail.failure().ifPresent(onFailure);
    return tail.failure().isEmpty();
  }

  private static RedisEndpoint endpoint(String uri, Endpoints endpoints) {
    try {
      return RedisAccess.at(uri, endpoints.config());
    } catch (ConfigException e) {
      throw new CommandFailure("--redis-uri: " + e.getMessage(), e);
    }
  }
}
