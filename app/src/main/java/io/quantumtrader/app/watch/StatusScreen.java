package io.quantumtrader.app.watch;

import io.quantumtrader.app.cli.Screen;
import io.quantumtrader.console.health.HealthRow;
import io.quantumtrader.console.http.Json;
import io.quantumtrader.console.text.StatusText;
import io.quantumtrader.console.view.AccountView;
import io.quantumtrader.console.view.PipelineRow;
import io.quantumtrader.console.view.PositionView;
import io.quantumtrader.console.view.Scope;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The block of lines that shows how a pipeline is, once or again and again. */
final class StatusScreen {

  private static final long EVERY_MS = 1_000;
  private static final long EVERY_PLAIN_MS = 10_000;
  private static final int DECISIONS = 8;

  /** Goes to the upper left corner, and takes away what is below. */
  private static final String HOME = "\u001b[H\u001b[J";

  private final Look look;
  private final RedisOption redis;

  StatusScreen(Look look, RedisOption redis) {
    this.look = look;
    this.redis = redis;
  }

  /**
   * Shows it.
   *
   * @param watch whether to go on until the process is ended
   * @return exit code: 0
   */
  int show(boolean watch) {
    boolean terminal = Screen.ofProcess().isTerminal() && !look.isJson();
    try (LiveBook book = look.open(redis::open)) {
      Scope scope = look.scope(book.book(), null);
      show(book, scope, false, watch && terminal ? HOME : "");
      while (watch) {
        LiveBook.pause(terminal ? EVERY_MS : EVERY_PLAIN_MS);
        show(book, scope, true, terminal ? HOME : "");
      }
      return 0;
    }
  }

  private void show(LiveBook book, Scope scope, boolean rates, String before) {
    PipelineRow pipeline = book.pipeline();
    HealthRow health = book.health();
    List<String> lines =
        new ArrayList<>(
            book.read(
                pages ->
                    StatusText.block(
                        pages, scope, pipeline, health, rates, look.width(), DECISIONS)));
    lines.set(0, before + lines.getFirst());
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("health", health);
    all.put("pipeline", pipeline);
    all.put("accounts", book.read(pages -> AccountView.rows(pages, scope)));
    all.put("positions", book.read(pages -> PositionView.rows(pages, scope)));
    look.print(Json.tree(all), lines);
  }
}
