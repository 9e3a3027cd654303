package io.quantumtrader.console.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.console.letter.ReplayOrder;
import io.quantumtrader.console.order.ApprovalAnswer;
import io.quantumtrader.console.order.Order;
import io.quantumtrader.console.order.PolicyOrder;
import io.quantumtrader.console.testing.GivenServer;
import io.quantumtrader.console.testing.LeftToOperators;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is ordered from the page, in headless Chromium where the machine has one. */
@Tag("real")
final class PageOrdersInBrowserTest extends ShownPage {

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
    var unused = LeftToOperators.waitingEntries(book);
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
}
