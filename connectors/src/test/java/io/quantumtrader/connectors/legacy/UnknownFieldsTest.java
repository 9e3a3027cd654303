package io.quantumtrader.connectors.legacy;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class UnknownFieldsTest {

  @Test
  void shouldWarnOfAFieldOncePerProducerAndCountEach() {
    // given
    Logger logger = (Logger) LoggerFactory.getLogger(UnknownFields.class);
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    logger.addAppender(log);
    UnknownFields fields = new UnknownFields();

    // when
    try {
      fields.report("bot", List.of("lev", "tp_price"));
      fields.report("bot", List.of("lev"));
      fields.report("other", List.of("lev"));
      fields.report("", List.of("lev"));
      fields.report("bot", List.of());
    } finally {
      logger.detachAppender(log);
    }

    // then
    assertThat(fields.passedOver()).isEqualTo(5);
    assertThat(log.list)
        .extracting(event -> List.of(event.getArgumentArray()))
        .containsExactly(
            List.of("lev", "bot"),
            List.of("tp_price", "bot"),
            List.of("lev", "other"),
            List.of("lev", "a producer without a source"));
  }
}
