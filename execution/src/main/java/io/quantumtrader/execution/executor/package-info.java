/**
 * The executor: takes committed plans to the exchange and commits what became of them, each plan
 * executed at most once and answered exactly once, whenever it is stopped.
 */
package io.quantumtrader.execution.executor;
