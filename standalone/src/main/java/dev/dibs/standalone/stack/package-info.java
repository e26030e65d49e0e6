/** Servers and services in one process: started in order, stopped in order, their data in one folder. */
package dev.dibs.standalone.stack;
