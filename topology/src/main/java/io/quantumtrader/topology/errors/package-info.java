/**
 * What happens when a record cannot be read, decided about or written: dead letter, or failure of
 * the task.
 */
package io.quantumtrader.topology.errors;
