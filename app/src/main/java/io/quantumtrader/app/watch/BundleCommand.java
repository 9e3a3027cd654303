package io.quantumtrader.app.watch;

import io.quantumtrader.app.cli.CommandFailure;
import io.quantumtrader.app.cli.RunningPipeline;
import io.quantumtrader.console.text.StatusText;
import io.quantumtrader.console.view.AccountView;
import io.quantumtrader.console.view.PositionView;
import io.quantumtrader.console.view.RecordView;
import io.quantumtrader.console.view.ScheduleView;
import io.quantumtrader.console.view.Scope;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Puts everything that one needs to look into an incident into one archive. */
@Command(
    name = "bundle",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Put what one needs to look into an incident into one zip archive: the topics as a",
      "recording, health, status, the policy's history, versions, and the metrics and logs that",
      "are named. Secrets are taken out of texts. Unpacked, its recording is read by why",
      "--recording, and by replay, which has each stage decide again what it decided."
    },
    footer = {
      "",
      "Examples:",
      "  ./quantum bundle --out incident.zip",
      "  ./quantum bundle --out incident.zip --since 1h --log stages.log \\",
      "      --metrics http://127.0.0.1:9400/metrics"
    })
public final class BundleCommand implements Callable<Integer> {

  private static final Pattern AGE = Pattern.compile("([0-9]{1,6})([mhd])");
  private static final Map<String, Long> UNIT_MS =
      Map.of("m", 60_000L, "h", 3_600_000L, "d", 86_400_000L);
  private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(10);
  private static final int DECISIONS = 50;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      description = "The archive; a file that does not exist yet.")
  private Path out;

  @Option(
      names = "--since",
      paramLabel = "AGE",
      description =
          "Leave out records that are older on the pipeline's clock, like 90m, 1h or 2d; tables are"
              + " whole, and what the stages had by then is put in. Default: all that the topics"
              + " hold.")
  private String since;

  @Option(
      names = "--log",
      paramLabel = "FILE",
      split = ",",
      description = "Log files to put in, secrets taken out.")
  private List<Path> logs = List.of();

  @Option(
      names = "--metrics",
      paramLabel = "URL",
      split = ",",
      description = "Addresses of metrics to put in, as they are now.")
  private List<URI> metrics = List.of();

  @Spec private CommandSpec spec;

  @Mixin private Look look = new Look();

  @Mixin private RedisOption redis = new RedisOption();

  /** Creates it; picocli does. */
  public BundleCommand() {}

  @Override
  public Integer call() {
    check();
    RunningPipeline pipeline = look.pipeline();
    try (LiveBook book = look.open(redis::open)) {
      long fromMs = fromMs(book.read(pages -> pages.clock().nowMs()));
      Map<String, Object> secrets = new HashMap<>(pipeline.kafka());
      secrets.putAll(pipeline.registry());
      secrets.putAll(pipeline.config().redis());
      Stripped stripped = Stripped.of(secrets, System.getenv());
      String program = spec.root().version()[0];
      try (TemporaryRecording topics = TemporaryRecording.of(pipeline, program);
          BundleFile bundle = new BundleFile(out, stripped)) {
        fill(bundle, book, pipeline, fromMs);
        bundle.directory(
            "recording",
            since == null ? topics.directory() : topics.end(fromMs, program, look::talk));
      }
      look.talk("Wrote %s, %,d kB.".formatted(out, Files.size(out) / 1024));
      return 0;
    } catch (IOException e) {
      throw new CommandFailure("cannot write " + out + ": " + e.getMessage(), e);
    }
  }

  /** Everything that can be wrong is said before anything is read. */
  private void check() {
    if (Files.exists(out)) {
      throw new CommandFailure(2, out + " is there already; name another file", null);
    }
    if (since != null && !AGE.matcher(since).matches()) {
      throw look.usage("--since '" + since + "' must be an age like 90m, 1h or 2d");
    }
    for (Path log : logs) {
      if (!Files.isReadable(log)) {
        throw new CommandFailure(2, "--log " + log + " cannot be read", null);
      }
    }
  }

  private long fromMs(long clockMs) {
    if (since == null) {
      return Long.MIN_VALUE;
    }
    Matcher age = AGE.matcher(since);
    boolean unused = age.matches();
    return clockMs - Long.parseLong(age.group(1)) * UNIT_MS.get(age.group(2));
  }

  private void fill(BundleFile bundle, LiveBook book, RunningPipeline pipeline, long fromMs)
      throws IOException {
    Map<String, Object> about = new LinkedHashMap<>();
    about.put("program", spec.root().version()[0]);
    about.put("java", System.getProperty("java.vm.version"));
    about.put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    about.put("pipeline", pipeline.describe());
    about.put("writtenAt", Instant.now().toString());
    about.put("since", since == null ? "all" : Instant.ofEpochMilli(fromMs).toString());
    bundle.json("about.json", about);
    bundle.json("health.json", book.settledHealth());
    bundle.json("pipeline.json", book.pipeline());
    bundle.json("accounts.json", book.read(pages -> AccountView.rows(pages, Scope.ALL)));
    bundle.json("positions.json", book.read(pages -> PositionView.rows(pages, Scope.ALL)));
    bundle.json("policy.json", book.read(RecordView::policies));
    bundle.json("policy-scheduled.json", book.read(pages -> ScheduleView.rows(pages, Scope.ALL)));
    bundle.text(
        "status.txt",
        book.read(
            pages ->
                StatusText.block(
                    pages,
                    Scope.ALL,
                    book.pipeline(),
                    book.health(),
                    false,
                    look.width(),
                    DECISIONS)));
    for (int number = 0; number < logs.size(); number++) {
      Path log = logs.get(number);
      bundle.log("logs/%d-%s".formatted(number + 1, log.getFileName()), log);
    }
    for (int number = 0; number < metrics.size(); number++) {
      URI from = metrics.get(number);
      bundle.text("metrics/%d-%s.txt".formatted(number + 1, from.getPort()), asked(from));
    }
  }

  /** What does not answer is part of the incident, and not the end of the bundle. */
  private List<String> asked(URI from) {
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(ANSWERS_WITHIN).build()) {
      HttpRequest request = HttpRequest.newBuilder(from).timeout(ANSWERS_WITHIN).build();
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      return answer.body().lines().toList();
    } catch (IOException | IllegalArgumentException e) {
      look.talk(from + " does not answer: " + e);
      return List.of(from + " did not answer: " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure("interrupted", e);
    }
  }
}
