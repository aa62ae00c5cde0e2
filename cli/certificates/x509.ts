// The library declares its parts by decorators, and leaves it to the program to load what those need.
import 'reflect-metadata';

export * from '@peculiar/x509';
