package io.quantumtrader.compose.up;

import io.quantumtrader.app.cli.ClientConfig;
import io.quantumtrader.app.cli.CommandFailure;
import io.quantumtrader.app.cli.RedisAccess;
import io.quantumtrader.app.cli.Screen;
import io.quantumtrader.app.console.Console;
import io.quantumtrader.app.console.ConsoleOptions;
import io.quantumtrader.app.console.ConsoleToken;
import io.quantumtrader.app.console.RedisPing;
import io.quantumtrader.app.metrics.HealthGauges;
import io.quantumtrader.app.metrics.Monitoring;
import io.quantumtrader.app.parts.Endpoints;
import io.quantumtrader.app.parts.RunningParts;
import io.quantumtrader.compose.Stack;
import io.quantumtrader.console.tap.CaughtUp;
import io.quantumtrader.console.tap.TappedRecord;
import io.quantumtrader.console.tap.TopicTail;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;

/**
 * The console of a run: it hears what the run's own tail hears, and takes orders with its token.
 */
final class UpConsole {

  private static final String TOKEN_FILE = "console.token";

  private final ConsoleOptions options;
  private final RunningParts parts;
  private final Screen screen;
  private volatile Console console;
  private volatile CaughtUp caughtUp;

  UpConsole(ConsoleOptions options, RunningParts parts, Screen screen) {
    this.options = options;
    this.parts = parts;
    this.screen = screen;
  }

  /**
   * Opens it, and says where.
   *
   * @throws CommandFailure if it cannot listen there
   */
  void open(Stack stack, Endpoints endpoints, ClientConfig config, Announcement announcement) {
    Path file = stack.directory().resolve(TOKEN_FILE);
    RedisPing redis =
        parts.add("Redis client", RedisPing.of(RedisAccess.at(stack.redisUri(), config)));
    console =
        parts.add(
            "console",
            Console.open(
                options,
                options.hasToken() ? options.tokenOrNone() : token(file),
                endpoints,
                Optional.of(redis),
                () -> caughtUp != null && caughtUp.isThere()));
    screen.line("  page       " + console.url());
    screen.line("  its token  " + (options.hasToken() ? "as given" : "in " + file));
    try {
      announcement.add(known -> known.withPage(console.url()));
    } catch (IOException e) {
      screen.line("  note: quantum pipelines will not show the page: " + e.getMessage());
    }
  }

  private static String token(Path file) {
    try {
      return ConsoleToken.in(file);
    } catch (IOException e) {
      throw new CommandFailure("the token of the page cannot be kept in " + file, e);
    }
  }

  /** Says which tail tells it everything. */
  void follow(TopicTail tail, Admin admin) {
    caughtUp = new CaughtUp(tail, admin);
  }

  /**
   * Returns how everything is, as one block of lines; empty where there is no console, or nothing
   * to show yet.
   */
  List<String> block(int width) {
    return console == null ? List.of() : console.block(width);
  }

  /** Shows the health as metrics, where there is a console. */
  void show(Monitoring monitoring) {
    if (console != null) {
      HealthGauges.show(monitoring, console::health);
    }
  }

  /** Takes a committed record. */
  void see(TappedRecord record) {
    if (console != null) {
      console.take(record);
    }
  }
}
