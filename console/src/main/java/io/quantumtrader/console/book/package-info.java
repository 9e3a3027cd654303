/**
 * What a pipeline has and did, folded from its committed records: tables as they are now, the last
 * records of every stream, closed trades, and curves over time. All partitions are read, so nothing
 * depends on which instance of the stages a key lives on.
 */
package io.quantumtrader.console.book;
