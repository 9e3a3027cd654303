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
    @Means("reason code; empty where the failure has none") String reason,
    @Means("what failed, in words") String message) {}
