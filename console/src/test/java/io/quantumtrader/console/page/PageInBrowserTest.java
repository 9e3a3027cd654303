package io.quantumtrader.console.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.results.Rule;
import com.deque.html.axecore.selenium.AxeBuilder;
import io.quantumtrader.console.letter.ReplayOrder;
import io.quantumtrader.console.order.ApprovalAnswer;
import io.quantumtrader.console.order.Order;
import io.quantumtrader.console.order.PolicyOrder;
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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;

/** The page in headless Chromium, where the machine has one; screenshots stay in target/. */
@Tag("real")
final class PageInBrowserTest {

  private static final List<String> SECTIONS =
      List.of("overview", "positions", "decisions", "trades", "market", "records", "health-page");

  private static final String WIDER =
      "[...document.querySelectorAll('main .scroll')]"
          + ".filter(box => box.scrollWidth > box.clientWidth).length";

  @TempDir private Path profile;
  private GivenBook book;
  private GivenServer server;
  private Browser browser;

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

  private void show(int width, String theme) {
    browser.show(server.url("/"), width, theme);
    browser.awaitText("live");
    browser.awaitText("Account alpha");
  }

  private void go(String section) {
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

  private void go(String section, String text) {
    browser.eval("location.hash = '#%s'".formatted(section));
    browser.await("document.querySelector('nav a[aria-current]').hash === '#" + section + "'");
    browser.awaitText(text);
  }

  @ParameterizedTest
  @CsvSource({"1440, light", "1440, dark", "390, light", "390, dark"})
  void shouldShowEverySectionWithoutAComplaint(int width, String theme) throws IOException {
    // given
    show(width, theme);

    for (String section : SECTIONS) {
      // when
      go(section);
      if (section.equals("overview") || section.equals("market")) {
        browser.await("document.querySelector('main .chart canvas')");
      }

      // then: nothing is wider than the window, and nobody is kept out
      assertThat(browser.eval("document.documentElement.scrollWidth <= innerWidth"))
          .as("%s does not scroll sideways", section)
          .isEqualTo(true);
      if (width > 1_000) {
        assertThat(browser.eval(WIDER)).as("tables of %s that do not fit", section).isEqualTo(0L);
      }
      assertThat(serious()).as("axe about %s, %s", section, theme).isEmpty();
      browser.shoot("%s-%d-%s".formatted(section, width, theme));
    }
    assertThat(browser.complaints()).isEmpty();
  }

  /** What axe finds that is serious or critical, each with the first element it is about. */
  private List<String> serious() {
    List<String> found = new ArrayList<>();
    for (Rule rule : new AxeBuilder().analyze(browser.driver()).getViolations()) {
      if (List.of("serious", "critical").contains(rule.getImpact())) {
        found.add(rule.getId() + ": " + rule.getNodes().getFirst().getHtml());
      }
    }
    return found;
  }

  @Test
  void shouldBeUsedByKeysAlone() {
    // given
    show(1440, "light");

    // when, then: a number for each section
    for (int index = SECTIONS.size(); index >= 1; index--) {
      browser.find("body").sendKeys(String.valueOf(index));
      browser.await("location.hash === '#" + SECTIONS.get(index - 1) + "'");
    }

    // when, then: o for an order, escape to leave it
    browser.find("body").sendKeys("o");
    browser.await("document.getElementById('order-dialog').open");
    assertThat(browser.eval("document.activeElement.name")).isEqualTo("reason");
    browser.driver().switchTo().activeElement().sendKeys("5", Keys.ESCAPE);
    browser.await("!document.getElementById('order-dialog').open");
    assertThat(browser.eval("location.hash")).isEqualTo("#overview");
  }

  @Test
  void shouldOpenTheWhyOfADecisionAndOfAPosition() throws IOException {
    // given
    show(1440, "dark");
    go("positions");

    // when
    browser.button("BTCUSDT").click();

    // then: from what was wanted to what was filled
    browser.awaitText("breakout wants OPEN_LONG BTCUSDT for alpha");
    browser.awaitText("the last result");
    assertThat(serious()).isEmpty();
    browser.shoot("why-1440-dark");
    browser.find("#why-dialog button").click();
    browser.await("!document.getElementById('why-dialog').open");
  }

  @ParameterizedTest
  @CsvSource({"1440, wide", "390, tall"})
  void shouldListTheLastDecisionsOfAStageThatIsClicked(int width, String picture) {
    // given
    show(width, "light");

    // when
    browser
        .find(".picture." + picture + " [aria-label='Governor: its last decisions'] text")
        .click();

    // then
    browser.await("location.hash === '#decisions?stage=governor'");
    browser.awaitText("MIN_NOTIONAL");
    assertThat(browser.eval("document.querySelectorAll('main tbody')[0].rows.length"))
        .isEqualTo(1L);
  }

  @Test
  void shouldShowOneAccountOrAllOfThem() {
    // given
    show(1440, "light");
    browser.awaitText("Account beta");
    browser.await("document.querySelector('main .u-legend').innerText.includes('of alpha')");

    // when: of all, the curve of the other one
    choose("main .filters select", "beta");
    browser.await("document.querySelector('main .u-legend').innerText.includes('of beta')");

    // when: of one, nothing of the other
    choose("#account", "beta");

    // then
    browser.await("!document.querySelector('main').innerText.includes('Account alpha')");
    browser.awaitText("Nothing is open.");
    assertThat(browser.find("a[href^='/api/equity']").getDomAttribute("href"))
        .isEqualTo("/api/equity?account=beta&format=csv");
    go("trades", "XRPUSDT");
    browser.await("!document.querySelector('main').innerText.includes('ADAUSDT')");
    assertThat(browser.find("a[href^='/api/trades?']").getDomAttribute("href"))
        .isEqualTo("/api/trades?account=beta&limit=20000&format=csv");
  }

  private void choose(String select, String value) {
    browser
        .driver()
        .executeScript(
            "const s = document.querySelector(arguments[0]); s.value = arguments[1];"
                + " s.dispatchEvent(new Event('input'));",
            select,
            value);
  }

  @Test
  void shouldCompareTwoVersionsOfThePolicy() {
    // given
    show(1440, "light");
    go("records");

    // when, then: the first and the last
    browser.await(differs("maxExposure|0.8|0.5;maxPositions|10|6"));
    browser.driver().executeScript("document.querySelector('[name=from]').selectedIndex = 1");
    browser
        .driver()
        .executeScript("document.querySelector('[name=from]').dispatchEvent(new Event('input'))");
    browser.await(differs("maxExposure|0.8|0.5;maxPositions|5|6"));
  }

  private static String differs(String rows) {
    return "[...document.querySelectorAll('section')[1].querySelectorAll('tbody tr')]"
        + ".map(tr => [...tr.children].map(td => td.textContent).join('|')).join(';') === '"
        + rows
        + "'";
  }

  @Test
  void shouldGiveAnOrderWithTheTokenAlone() throws IOException {
    // given
    show(390, "light");
    browser.button("Orders").click();
    browser.find("#order-dialog [name=reason]").sendKeys("the news");
    browser.find("#order-dialog [name=token]").sendKeys("a guess of mine");

    // when
    browser.button("Give the order").click();

    // then
    browser.awaitText("Not given: the token is missing or wrong; nothing was changed");
    assertThat(server.orders().given()).isEmpty();
    assertThat(server.orders().attempts()).hasSize(1);
    assertThat(serious()).isEmpty();
    browser.shoot("order-390-light");

    // when
    browser.find("#order-dialog [name=token]").clear();
    browser.find("#order-dialog [name=token]").sendKeys(GivenServer.TOKEN);
    browser.button("Give the order").click();

    // then
    browser.awaitText("Given: HALT by console");
    assertThat(server.orders().given())
        .containsExactly(new Order(Order.Kind.HALT, "*", "", "", "the news"));
    assertThat(browser.complaints()).allMatch(line -> line.contains("401"));
  }

  @ParameterizedTest
  @CsvSource({"1440, dark", "390, light"})
  void shouldSendALetterAgainOnceItIsSaidThatItStaysUnreadable(int width, String theme)
      throws IOException {
    // given: one that was sent again, one that stays, and one with a button
    show(width, theme);
    go("records");
    browser.awaitText("by dora");
    assertThat(browser.text()).contains("redis-sink");

    // when: its record and what will come of it are shown before anything is asked
    browser.button("Send again").click();
    browser.awaitText("it will be denied INTENT_EXPIRED");
    browser.awaitText("it still cannot be read: no schema has this id: 4711");
    browser.find("#order-dialog [name=reason]").sendKeys("the schema is there");
    browser.find("#order-dialog [name=token]").sendKeys(GivenServer.TOKEN);
    browser.find("#order-dialog button.primary").click();

    // then
    browser.awaitText("Not done: it still cannot be read");
    assertThat(server.desk().replays()).isEmpty();
    assertThat(serious()).isEmpty();
    browser.shoot("letter-%d-%s".formatted(width, theme));

    // when
    browser.find("#order-dialog [name=even]").click();
    browser.find("#order-dialog button.primary").click();

    // then
    browser.awaitText("Done: sent again as 1:30 of quantum.trade.intent by console");
    assertThat(server.desk().replays())
        .containsExactly(new ReplayOrder("0:2", true, "the schema is there"));
    assertThat(browser.complaints()).allMatch(line -> line.contains("409"));
  }

  @ParameterizedTest
  @CsvSource({"1440, light", "390, dark"})
  void shouldGrantAndRefuseWhatWaits(int width, String theme) throws IOException {
    // given
    show(width, theme);
    go("positions", "No executor asks for approval.");
    var unused = TwoAccounts.waitingEntries(book);
    browser.await("document.querySelectorAll('#approvals tbody tr').length === 2");
    assertThat(browser.eval("document.documentElement.scrollWidth <= innerWidth")).isEqualTo(true);
    if (width > 1_000) {
      assertThat(browser.eval(WIDER)).isEqualTo(0L);
    }
    assertThat(serious()).isEmpty();
    browser.shoot("approvals-%d-%s".formatted(width, theme));

    // when: the one with the least time, without the token and with it
    browser.find("#approvals tbody button.primary").click();
    browser.find("#order-dialog [name=reason]").sendKeys("looks good");
    browser.find("#order-dialog [name=token]").sendKeys("a guess of mine");
    browser.find("#order-dialog button.primary").click();
    browser.awaitText("Not done: the token is missing or wrong; nothing was changed");
    assertThat(server.desk().answers()).isEmpty();
    browser.find("#order-dialog [name=token]").clear();
    browser.find("#order-dialog [name=token]").sendKeys(GivenServer.TOKEN);
    browser.find("#order-dialog button.primary").click();
    browser.awaitText("Granted: granted 00000000000000a2 by console");

    // then the token is remembered, and the other is refused on the overview
    go("overview", "Waiting for approval");
    browser.find("#approvals tbody tr:nth-child(2) td:last-child button:not(.primary)").click();
    browser.find("#order-dialog [name=reason]").sendKeys("too large");
    browser.find("#order-dialog button.primary").click();
    browser.awaitText("Refused: refused 00000000000000a1 by console");
    assertThat(server.desk().answers())
        .containsExactly(
            new ApprovalAnswer("00000000000000a2", true, "looks good"),
            new ApprovalAnswer("00000000000000a1", false, "too large"));
    assertThat(browser.complaints()).allMatch(line -> line.contains("401"));
  }

  @Test
  void shouldScheduleAChangeOfThePolicyAndTakeOneBack() throws IOException {
    // given
    show(390, "light");
    go("records");
    browser.awaitText("1 limit of 1 account exceeded.");
    browser.awaitText("1000 closed trades (now ");

    // when
    browser.button("Schedule a change").click();
    browser.find("#order-dialog [name=changes]").sendKeys("maxPositions=20  heatMode=shadow");
    browser.find("#order-dialog [name=days]").sendKeys("14");
    browser.find("#order-dialog [name=drawdown]").sendKeys("2.3");
    browser.find("#order-dialog [name=reason]").sendKeys("ramp");
    browser.find("#order-dialog [name=token]").sendKeys(GivenServer.TOKEN);
    assertThat(serious()).isEmpty();
    browser.shoot("schedule-390-light");
    browser.button("Schedule it").click();

    // then
    browser.awaitText("Given: SCHEDULE by console");
    assertThat(server.orders().policies())
        .containsExactly(
            new PolicyOrder(
                PolicyOrder.Kind.SCHEDULE,
                "default",
                List.of("maxPositions=20", "heatMode=shadow"),
                null,
                14,
                0,
                0.023,
                null,
                false,
                "",
                "ramp"));

    // when: the token need not be typed again
    browser.button("Withdraw 1a000001").click();
    browser.find("#order-dialog [name=reason]").sendKeys("a bad week");
    browser.button("Withdraw it").click();

    // then
    browser.awaitText("Given: WITHDRAW by console");
    PolicyOrder withdrawn = server.orders().policies().getLast();
    assertThat(withdrawn.kind()).isEqualTo(PolicyOrder.Kind.WITHDRAW);
    assertThat(withdrawn.scheduleId()).isEqualTo("1a000001");
    assertThat(withdrawn.reason()).isEqualTo("a bad week");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void shouldGoOnAfterARestartOfTheServer() throws IOException {
    // given
    show(1440, "light");
    go("decisions");
    int port = server.port();

    // when
    server.close();
    browser.awaitText("connecting");
    book.tell(
        Topic.DECISION,
        0,
        TwoAccounts.ALPHA,
        Records.decision(TwoAccounts.ALPHA, "i-later", "DUPLICATE_INTENT").build());
    server = GivenServer.at(book, port);

    // then
    browser.awaitText("live");
    browser.awaitText("DUPLICATE_INTENT");
  }
}
