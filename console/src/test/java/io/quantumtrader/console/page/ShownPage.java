package io.quantumtrader.console.page;

import com.deque.html.axecore.results.Rule;
import com.deque.html.axecore.selenium.AxeBuilder;
import io.quantumtrader.console.testing.Browser;
import io.quantumtrader.console.testing.GivenBook;
import io.quantumtrader.console.testing.GivenServer;
import io.quantumtrader.console.testing.Records;
import io.quantumtrader.console.testing.TwoAccounts;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.PositionSide;
import io.quantumtrader.schemas.topic.Topic;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A page in headless Chromium that shows two accounts; screenshots stay in target/. */
abstract class ShownPage {

  /** How many tables are wider than the room that they have. */
  static final String WIDER =
      "[...document.querySelectorAll('main .scroll')]"
          + ".filter(box => box.scrollWidth > box.clientWidth).length";

  @TempDir private Path profile;
  GivenBook book;
  GivenServer server;
  Browser browser;

  @BeforeEach
  void open() throws IOException {
    browser = Browser.open(profile);
    book = TwoAccounts.book();
    book.tell(Topic.POSITION_LEDGER, "alpha:DOGEUSDT", longNumbers());
    server = GivenServer.of(book);
  }

  @AfterEach
  void close() {
    if (browser != null) {
      browser.close();
    }
    if (server != null) {
      server.close();
    }
  }

  /** A position of which the numbers take as much room as they do in a market. */
  private static PositionLedger longNumbers() {
    return Records.ledger(TwoAccounts.ALPHA, "DOGEUSDT")
        .setSide(PositionSide.SHORT)
        .setQuantity(Records.number("12345.678"))
        .setEntryPrice(Records.number("91191.53"))
        .setStopPrice(Records.number("91656.87"))
        .setTargetPrice(Records.number("87551.94"))
        .setRisk(Records.risk("91656.87"))
        .build();
  }

  void show(int width, String theme) {
    browser.show(server.url("/"), width, theme);
    browser.awaitText("live");
    browser.awaitText("Account alpha");
  }

  void go(String section) {
    go(
        section,
        switch (section) {
          case "overview" -> "Equity and heat";
          case "positions" -> "breakout: above the range";
          case "decisions" -> "MIN_NOTIONAL";
          case "trades" -> "target hit";
          case "market" -> "too quiet";
          case "records" -> "no schema has this id";
          default -> "dead letters";
        });
  }

  void go(String section, String text) {
    browser.eval("location.hash = '#%s'".formatted(section));
    browser.await("document.querySelector('nav a[aria-current]').hash === '#" + section + "'");
    browser.awaitText(text);
  }

  /** What axe finds that is serious or critical, each with the first element it is about. */
  List<String> serious() {
    List<String> found = new ArrayList<>();
    for (Rule rule : new AxeBuilder().analyze(browser.driver()).getViolations()) {
      if (List.of("serious", "critical").contains(rule.getImpact())) {
        found.add(rule.getId() + ": " + rule.getNodes().getFirst().getHtml());
      }
    }
    return found;
  }
}
