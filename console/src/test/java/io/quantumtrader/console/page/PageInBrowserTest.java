package io.quantumtrader.console.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.console.testing.GivenServer;
import io.quantumtrader.console.testing.Records;
import io.quantumtrader.console.testing.TwoAccounts;
import io.quantumtrader.schemas.topic.Topic;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;

/** The page in headless Chromium, where the machine has one; screenshots stay in target/. */
@Tag("real")
final class PageInBrowserTest extends ShownPage {

  private static final List<String> SECTIONS =
      List.of("overview", "positions", "decisions", "trades", "market", "records", "health-page");

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
