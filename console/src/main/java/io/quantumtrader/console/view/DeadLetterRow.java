package io.quantumtrader.console.view;

import io.quantumtrader.console.Means;

/** A record that could not be read or decided. */
public record DeadLetterRow(
    @Means("partition of the dead-letter topic") int partition,
    @Means("its offset there") long offset,
    @Means("when, epoch ms UTC") long atMs,
    @Means("topic it came from") String topic,
    @Means("place it had there, partition and offset") String place,
    @Means("its key") String key,
    @Means("who could do nothing with it") String reader,
    @Means("reason code; empty where the failure has none") String reason,
    @Means("what failed, in words") String message,
    @Means("why it is not sent again; empty where it may be") String refused,
    @Means("when it was sent again, epoch ms UTC; null where it was not") Long replayedAtMs,
    @Means("who sent it again; empty where nobody did") String replayedBy,
    @Means("why it was sent again; empty where it was not") String replayReason) {}
